using System.CommandLine;
using Trellis.Configuration;
using Trellis.Configuration.Writing;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config convert FILE</c>: the same configuration in another format.</summary>
internal static class ConvertCommand
{
    private const string Help = """
        Write a configuration in another format: YAML, JSON or INI. The result means the same; comments are not carried over.
        The format is that of --out's extension, else what --to says. Environment variables are not applied.
        Secrets are written as they are; better keep them in environment variables.

        Example: trellis config convert examples/grid-btc.yaml --out grid-btc.ini
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The configuration, a .yaml, .yml, .json or .ini file." };
        var format = new Option<string?>("--to") { Description = "yaml, json or ini; without it, by the extension of --out, else yaml." };
        format.AcceptOnlyFromAmong([.. Templates.Formats]);
        var target = OutputFile.Option();
        var force = OutputFile.ForceOption();
        var command = new Command("convert", Help) { file, format, target, force };
        command.SetAction(parse =>
        {
            var path = parse.GetValue(target);
            var loaded = new ConfigurationLoader().Load(parse.GetRequiredValue(file), new Dictionary<string, string>(StringComparer.Ordinal));
            var text = DocumentWriter.To(parse.GetValue(format) ?? OutputFile.FormatOf(path), loaded.Document, revealSecrets: true);
            OutputFile.Write(text, path, parse.GetValue(force), parse.InvocationConfiguration.Output);
            Warn(loaded, parse.InvocationConfiguration.Error);
            return 0;
        });
        return command;
    }

    private static void Warn(LoadedConfiguration loaded, TextWriter error)
    {
        if (HeldSecrets.Of(loaded.Document) is { Count: > 0 } secrets)
        {
            error.WriteLine($"warning: {loaded.Path} holds secrets ({string.Join(", ", secrets.Select(secret => secret.Path))}), and so does what is written; " +
                $"better take them out and set {string.Join(", ", secrets.Select(secret => secret.Variable))} in the environment");
        }
    }
}
