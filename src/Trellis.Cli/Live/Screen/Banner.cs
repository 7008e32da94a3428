using Spectre.Console;
using Trellis.Cli.Backtest;
using Trellis.Core.Trading;

namespace Trellis.Cli.Live.Screen;

/// <summary>Printed before anything is sent: whether this is real money, and what is about to trade.</summary>
internal static class Banner
{
    private const int LabelWidth = 14;
    private const int PlainWidth = 78;

    /// <summary>In a coloured frame on a terminal, in upper case between two rules elsewhere.</summary>
    public static void Write(IAnsiConsole console, LiveFacts facts)
    {
        if (LiveScreen.CanShow(console))
        {
            console.Write(new Panel(new Text($"{LiveWords.Of(facts.Mode)}\n{LiveWords.Meaning(facts.Mode)}", Palette.Of(facts.Mode)).Centered())
            {
                Border = BoxBorder.Heavy,
                BorderStyle = Palette.Of(facts.Mode),
                Expand = true,
            });
        }
        else
        {
            var rule = new string('=', PlainWidth);
            console.WriteLine($"{rule}\n{LiveWords.Of(facts.Mode)}\n{LiveWords.Meaning(facts.Mode).ToUpperInvariant()}\n{rule}");
        }

        foreach (var (label, text) in Rows(facts))
        {
            var name = label;
            foreach (var line in Wrapping.Lines(text, Math.Max(20, console.Profile.Width - LabelWidth)))
            {
                console.Write(new Text(name.PadRight(LabelWidth), Palette.Dim));
                console.WriteLine(line);
                name = "";
            }
        }
    }

    private static IEnumerable<(string Label, string Text)> Rows(LiveFacts facts)
    {
        yield return ("Exchange", $"{facts.Exchange}, {facts.Redaction.Clean(facts.Address)}");
        yield return ("Account", $"{facts.Account}, {(facts.Settings.HedgeMode ? "hedge mode" : "one-way mode")}, in {facts.Settings.Currency}");
        yield return ("Instruments", string.Join(", ", facts.Settings.Markets.Select(market => market.Instrument.Id)));
        foreach (var (index, bot) in facts.Settings.Bots.Index())
        {
            yield return ("Bot", $"{facts.Bot(index)}: {facts.Strategies[index]} on {string.Join(", ", bot.Markets.Select(facts.ShortName))}, own money {LiveWords.Exact(bot.Capital)} {facts.Settings.Currency}, " +
                $"leverage {LiveWords.Exact(bot.Leverage)}{(bot.StartsAtOnce ? "" : ", waits for its start")}");
        }

        yield return ("Limits", Limits(facts.Settings.Limits, facts.Settings.Currency));
        yield return ("Storage", facts.Redaction.Clean(facts.Storage));
        yield return ("Control", facts.ControlSocket.Length > 0 ? facts.ControlSocket : "none");
        yield return ("Logs", facts.LogFolder);
        yield return ("Program", $"trellis {facts.Version}, configuration {facts.ConfigurationHash}");
    }

    private static string Limits(RiskLimits limits, string currency)
    {
        string?[] texts =
        [
            limits.MaxPosition is { } position ? $"position at most {LiveWords.Exact(position)} {currency} per instrument" : null,
            limits.MaxTotalExposure is { } exposure ? $"all positions at most {LiveWords.Exact(exposure)} {currency}" : null,
            limits.MaxDrawdownPercent is { } drawdown ? $"drawdown at most {LiveWords.Exact(drawdown)} %" : null,
            limits.MaxOrdersPerInstrument is { } orders ? $"at most {orders} orders per instrument" : null,
            limits.PriceCollarPercent is { } collar ? $"prices within {LiveWords.Exact(collar)} %" : null,
        ];
        return texts.OfType<string>().ToList() is { Count: > 0 } set ? string.Join(", ", set) : "NONE";
    }
}
