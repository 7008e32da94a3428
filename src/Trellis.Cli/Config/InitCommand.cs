using System.CommandLine;
using Trellis.Configuration.Writing;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config init</c>: a commented configuration to start from.</summary>
internal static class InitCommand
{
    private const string Help = """
        Write a configuration to start from, with every setting explained.

        The format is that of the file's extension, else what --format says; JSON has no room for explanations.

        Example: trellis config init --template grid --out my-grid.yaml
        """;

    public static Command Create()
    {
        var template = new Option<string>("--template") { Description = "What kind of bot it is for.", DefaultValueFactory = _ => "grid" };
        template.AcceptOnlyFromAmong([.. Templates.Names]);
        var format = new Option<string?>("--format") { Description = "yaml, json or ini; without it, by the extension of --out, else yaml." };
        format.AcceptOnlyFromAmong([.. Templates.Formats]);
        var file = OutputFile.Option();
        var force = OutputFile.ForceOption();
        var command = new Command("init", Help) { template, format, file, force };
        command.SetAction(parse =>
        {
            var path = parse.GetValue(file);
            var text = Templates.Write(parse.GetRequiredValue(template), parse.GetValue(format) ?? OutputFile.FormatOf(path))!;
            OutputFile.Write(text, path, parse.GetValue(force), parse.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }
}
