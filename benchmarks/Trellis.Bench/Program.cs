using Trellis.Bench;
using Trellis.Core;

try
{
    var options = BenchOptions.Parse(args);
    BenchCommand.Run(options, Console.Out);
    return 0;
}
catch (OperationCanceledException)
{
    const int Interrupted = 130;
    return Interrupted;
}
catch (TrellisException error)
{
    Console.Error.WriteLine(error.Message);
    return error.ExitCode;
}
