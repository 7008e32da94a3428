using Trellis.Bench;
using Trellis.Core;

try
{
    var options = BenchOptions.Parse(args);
    BenchCommand.Run(options, Console.Out);
    return 0;
}
catch (TrellisException error)
{
    Console.Error.WriteLine(error.Message);
    return error.ExitCode;
}
