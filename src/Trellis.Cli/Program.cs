using Trellis.Cli;
using Trellis.Cli.Shell;

return await CommandRunner.ForProcess().RunAsync(CommandTree.Create(), args);
