using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;

namespace Trellis.Configuration.Checks;

/// <summary>Each bot has a name of its own, an instrument that exists, and exactly one strategy.</summary>
internal sealed class BotRules : IRule
{
    private static readonly IReadOnlyList<Setting> Strategies =
        [.. ShapeReader.Section<BotOptions>().Settings.Where(setting => setting.IsStrategy)];

    public void Judge(CheckContext context)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < context.Document.Bots.Count; i++)
        {
            var path = $"bots[{i}]";
            if (context.Document.Bots[i] is not { } bot)
            {
                continue;
            }

            if (context.Sound(path, "name") && !names.TryAdd(bot.Name, i))
            {
                context.Add($"{path}.name", $"is the name of bots[{names[bot.Name]}] too", $"'{bot.Name}'", "a name of its own for each bot");
            }

            Instrument(context, path, bot);
            Strategy(context, path, bot);
        }
    }

    private static void Instrument(CheckContext context, string path, BotOptions bot)
    {
        if (!context.Sound(path, "instrument") || !context.Sound("instruments"))
        {
            return;
        }

        var found = context.Document.FindInstruments(bot.Instrument);
        if (found.Count == 0)
        {
            var known = context.Document.Instruments.Select(instrument => bot.Instrument.Contains('/', StringComparison.Ordinal) ? instrument.Id.ToString() : instrument.Symbol).Distinct(StringComparer.Ordinal).ToList();
            context.Add($"{path}.instrument", "is not among the instruments", $"'{bot.Instrument}'", string.Join(", ", known), Nearest.Of(bot.Instrument, known));
        }
        else if (found.Count > 1)
        {
            context.Add($"{path}.instrument", "could mean several instruments", $"'{bot.Instrument}'", string.Join(", ", found.Select(instrument => instrument.Id)));
        }
    }

    private static void Strategy(CheckContext context, string path, BotOptions bot)
    {
        if (Strategies.Any(strategy => !context.Sound($"{path}.{strategy.Key}") && strategy.Property.GetValue(bot) is null))
        {
            return;
        }

        var given = Strategies.Where(strategy => strategy.Property.GetValue(bot) is not null).Select(strategy => strategy.Key).ToList();
        if (given.Count != 1)
        {
            var keys = string.Join(", ", Strategies.Select(strategy => strategy.Key));
            context.Add(path, given.Count == 0 ? "has no strategy section" : $"has several strategy sections: {string.Join(", ", given)}", allowed: $"exactly one of: {keys}");
        }
    }
}
