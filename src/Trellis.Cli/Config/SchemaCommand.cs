using System.CommandLine;
using Trellis.Configuration.Writing;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config schema</c>: the JSON Schema of a configuration, for editors.</summary>
internal static class SchemaCommand
{
    private const string Help = """
        Print the JSON Schema of a configuration, so that an editor can complete and check it.
        A YAML file names it in its first line: # yaml-language-server: $schema=trellis.schema.json

        Example: trellis config schema --out trellis.schema.json
        """;

    public static Command Create()
    {
        var file = OutputFile.Option();
        var force = OutputFile.ForceOption();
        var command = new Command("schema", Help) { file, force };
        command.SetAction(parse =>
        {
            OutputFile.Write(JsonSchema.Write(), parse.GetValue(file), parse.GetValue(force), parse.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }
}
