using System.CommandLine;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config</c>: check, write and describe configuration documents.</summary>
internal static class ConfigCommands
{
    public static Command Create() => new("config", "Check a configuration, write one to start from, or print its JSON Schema.")
    {
        CheckCommand.Create(),
        InitCommand.Create(),
        SchemaCommand.Create(),
    };
}
