using System.CommandLine;
using Trellis.Configuration.Writing;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config init</c>: a commented configuration to start from.</summary>
internal static class InitCommand
{
    private const string Help = """
        Write a configuration to start from, with every setting explained.

        Example: trellis config init --template grid --out my-grid.yaml
        """;

    public static Command Create()
    {
        var template = new Option<string>("--template") { Description = "What kind of bot it is for.", DefaultValueFactory = _ => "grid" };
        template.AcceptOnlyFromAmong([.. Templates.Names]);
        var file = OutputFile.Option();
        var force = OutputFile.ForceOption();
        var command = new Command("init", Help) { template, file, force };
        command.SetAction(parse =>
        {
            var text = Templates.Write(parse.GetRequiredValue(template))!;
            OutputFile.Write(text, parse.GetValue(file), parse.GetValue(force), parse.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }
}
