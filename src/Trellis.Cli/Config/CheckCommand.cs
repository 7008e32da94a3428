using System.CommandLine;
using Trellis.Configuration;
using Trellis.Configuration.Checks;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Cli.Config;

/// <summary><c>trellis config check FILE</c>: every problem at once, or what the document describes.</summary>
internal static class CheckCommand
{
    private const string Help = """
        Check a configuration and report everything that is wrong with it, each with its path, place, value and rule.
        Environment variables such as TRELLIS__ACCOUNT__BALANCE=5000 override settings here as in every other command.

        Example: trellis config check examples/grid-btc.yaml
        """;

    /// <param name="checks">Rules beyond the document's own shape, such as a grid's ladder.</param>
    public static Command Create(params IReadOnlyList<IDocumentCheck> checks)
    {
        var file = new Argument<string>("FILE") { Description = "The configuration, a .yaml, .yml, .json or .ini file." };
        var command = new Command("check", Help) { file };
        command.SetAction(parse =>
        {
            var loaded = new ConfigurationLoader(checks).Load(parse.GetRequiredValue(file), ProcessEnvironment.Read());
            Describe(loaded, parse.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static void Describe(LoadedConfiguration loaded, TextWriter output)
    {
        output.WriteLine($"{loaded.Path} is valid");
        foreach (var instrument in loaded.Document.Instruments)
        {
            var entry = InstrumentCatalogue.Default.Find(instrument.Id);
            var rules = entry is null ? "rules from this file" : $"rules from the catalogue, as of {entry.AsOf:yyyy-MM-dd}{(instrument.Rules is null ? "" : ", with changes from this file")}";
            var market = instrument.Generate is null ? "" : "; made-up market";
            output.WriteLine($"  instrument {instrument.Id}: {rules}{market}");
        }

        foreach (var bot in loaded.Document.Bots)
        {
            output.WriteLine($"  bot {bot.Name} on {bot.Instrument}");
        }

        foreach (var name in loaded.Sources.Overrides)
        {
            output.WriteLine($"  overridden by environment variable {name}");
        }
    }
}
