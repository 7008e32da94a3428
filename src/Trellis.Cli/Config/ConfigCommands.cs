using System.CommandLine;
using Trellis.Configuration.Checks;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config</c>: check, write and describe configuration documents.</summary>
internal static class ConfigCommands
{
    private const string Help = """
        Check a configuration, write one to start from, put one into another format, or print the JSON Schema.

        Example: trellis config check examples/grid-btc.yaml
        """;

    /// <param name="checks">Rules beyond the document's own shape, such as a grid's ladder, for <c>check</c>.</param>
    public static Command Create(params IReadOnlyList<IDocumentCheck> checks) => new("config", Help)
    {
        CheckCommand.Create(checks),
        InitCommand.Create(),
        ConvertCommand.Create(),
        SchemaCommand.Create(),
    };
}
