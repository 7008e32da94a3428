using System.CommandLine;

namespace Trellis.Cli.Data;

/// <summary>The <c>data</c> command: everything about the candle store.</summary>
internal static class DataCommands
{
    public static Command Create() => new("data", "Candles on disk: import, list, verify, resample, generate. Example: trellis data list")
    {
        ImportCommand.Create(),
        ListCommand.Create(),
        VerifyCommand.Create(),
        ResampleCommand.Create(),
        GenerateCommand.Create(),
    };
}
