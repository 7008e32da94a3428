using Trellis.Core.Markets;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading;

/// <summary>What a loop can't be made of, said at once and in full.</summary>
internal static class SettingsCheck
{
    private static readonly string[] Reserved = [Books.ForeignName, Books.RemainderName];

    /// <exception cref="ConfigurationException">Something is wrong; the message has every problem, one a line.</exception>
    public static void Check(TradingSettings settings)
    {
        var problems = new List<string>();
        Look(settings, problems);
        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join('\n', problems));
        }
    }

    public static Interval IntervalOf(TradingSettings settings) => Interval.Allowed.Split(", ").Select(Interval.Parse)
        .FirstOrDefault(interval => interval.Milliseconds == settings.CandleInterval);

    private static void Look(TradingSettings settings, List<string> problems)
    {
        if (!ClientOrderId.IsInstallation(settings.Installation))
        {
            problems.Add($"installation '{settings.Installation}': 4 of a-z and 0-9 are allowed");
        }

        if (IntervalOf(settings).Milliseconds == 0)
        {
            problems.Add($"candle interval of {settings.CandleInterval} ms is not known; allowed: {Interval.Allowed}");
        }

        foreach (var twice in settings.Markets.GroupBy(market => market.Instrument.Id).Where(group => group.Count() > 1))
        {
            problems.Add($"market {twice.Key} is listed twice");
        }

        foreach (var market in settings.Markets.Where(market => market.Instrument.QuoteCurrency != settings.Currency))
        {
            problems.Add($"market {market.Instrument.Id} is quoted in {market.Instrument.QuoteCurrency}; the account's currency is {settings.Currency}, and all markets must be quoted in it");
        }

        if (settings.Bots.Count > ClientOrderId.MostBots)
        {
            problems.Add($"{settings.Bots.Count} bots; at most {ClientOrderId.MostBots} are allowed");
        }

        foreach (var bot in settings.Bots)
        {
            Look(settings, bot, problems);
        }

        for (var market = 0; market < settings.Markets.Count; market++)
        {
            LookAtMeetings(settings, market, problems);
        }
    }

    private static void Look(TradingSettings settings, TradingBot bot, List<string> problems)
    {
        if (Reserved.Contains(bot.Name, StringComparer.Ordinal) || bot.Name.Length == 0)
        {
            problems.Add($"bot {bot.Name}: the name '{bot.Name}' is taken by the ledger; choose another");
        }

        if (settings.Bots.Count(other => other.Name == bot.Name) > 1)
        {
            problems.Add($"bot {bot.Name}: there is another bot of this name");
        }

        if (bot.Markets.Count == 0 || bot.Markets.Any(market => market < 0 || market >= settings.Markets.Count) || bot.Markets.Distinct().Count() != bot.Markets.Count)
        {
            problems.Add($"bot {bot.Name}: its markets are [{string.Join(", ", bot.Markets)}]; allowed: one or more different indices from 0 to {settings.Markets.Count - 1}");
        }
    }

    /// <summary>In one-way mode all bots of an instrument share one position: they may not pull it in opposite directions.</summary>
    private static void LookAtMeetings(TradingSettings settings, int market, List<string> problems)
    {
        var here = settings.Bots.Where(bot => bot.Markets.Contains(market)).ToList();
        var instrument = settings.Markets[market].Instrument.Id;
        if (settings.HedgeMode || here.Count < 2 || instrument.Market == MarketKind.Spot)
        {
            return;
        }

        var first = here[0].Direction;
        if (first == TradingDirection.Either || here.Any(bot => bot.Direction != first))
        {
            problems.Add($"bots {string.Join(", ", here.Select(bot => $"{bot.Name} ({bot.Direction})"))} meet on {instrument}: in one-way mode the exchange nets opposite positions, " +
                "so bots of one instrument must all be long or all be short; use hedge mode, or different instruments");
        }
    }
}
