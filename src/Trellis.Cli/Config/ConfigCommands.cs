using System.CommandLine;
using Trellis.Configuration.Checks;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config</c>: check, write and describe configuration documents.</summary>
internal static class ConfigCommands
{
    /// <param name="checks">Rules beyond the document's own shape, such as a grid's ladder, for <c>check</c>.</param>
    public static Command Create(params IReadOnlyList<IDocumentCheck> checks) => new("config", "Check a configuration, write one to start from, or print its JSON Schema.")
    {
        CheckCommand.Create(checks),
        InitCommand.Create(),
        SchemaCommand.Create(),
    };
}
