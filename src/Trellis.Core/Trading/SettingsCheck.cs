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
        var problems = Problems(settings).ToList();
        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join('\n', problems));
        }
    }

    public static Interval IntervalOf(TradingSettings settings) => Interval.Allowed.Split(", ").Select(Interval.Parse)
        .FirstOrDefault(interval => interval.Milliseconds == settings.CandleInterval);

    private static IEnumerable<string> Problems(TradingSettings settings)
    {
        if (!ClientOrderId.IsInstallation(settings.Installation))
        {
            yield return $"installation '{settings.Installation}': 4 of a-z and 0-9 are allowed";
        }

        if (IntervalOf(settings).Milliseconds == 0)
        {
            yield return $"candle interval of {settings.CandleInterval} ms is not known; allowed: {Interval.Allowed}";
        }

        foreach (var twice in settings.Markets.GroupBy(market => market.Instrument.Id).Where(group => group.Count() > 1))
        {
            yield return $"market {twice.Key} is listed twice";
        }

        foreach (var market in settings.Markets.Where(market => market.Instrument.QuoteCurrency != settings.Currency))
        {
            yield return $"market {market.Instrument.Id} is quoted in {market.Instrument.QuoteCurrency}; the account's currency is {settings.Currency}, and all markets must be quoted in it";
        }

        if (settings.Bots.Count > ClientOrderId.MostBots)
        {
            yield return $"{settings.Bots.Count} bots; at most {ClientOrderId.MostBots} are allowed";
        }

        foreach (var bot in settings.Bots)
        {
            foreach (var problem in Problems(settings, bot))
            {
                yield return $"bot {bot.Name}: {problem}";
            }
        }

        foreach (var problem in settings.Markets.Index().SelectMany(market => Meetings(settings, market.Index)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Problems(TradingSettings settings, TradingBot bot)
    {
        if (Reserved.Contains(bot.Name, StringComparer.Ordinal) || bot.Name.Length == 0)
        {
            yield return $"the name '{bot.Name}' is taken by the ledger; choose another";
        }

        if (settings.Bots.Count(other => other.Name == bot.Name) > 1)
        {
            yield return "there is another bot of this name";
        }

        if (bot.Markets.Count == 0 || bot.Markets.Any(market => market < 0 || market >= settings.Markets.Count) || bot.Markets.Distinct().Count() != bot.Markets.Count)
        {
            yield return $"its markets are [{string.Join(", ", bot.Markets)}]; allowed: one or more different indices from 0 to {settings.Markets.Count - 1}";
        }
    }

    /// <summary>In one-way mode all bots of an instrument share one position: they may not pull it in opposite directions.</summary>
    private static IEnumerable<string> Meetings(TradingSettings settings, int market)
    {
        var here = settings.Bots.Where(bot => bot.Markets.Contains(market)).ToList();
        var instrument = settings.Markets[market].Instrument.Id;
        if (settings.HedgeMode || here.Count < 2 || instrument.Market == MarketKind.Spot)
        {
            yield break;
        }

        var first = here[0].Direction;
        if (first == TradingDirection.Either || here.Any(bot => bot.Direction != first))
        {
            yield return $"bots {string.Join(", ", here.Select(bot => $"{bot.Name} ({bot.Direction})"))} meet on {instrument}: in one-way mode the exchange nets opposite positions, " +
                "so bots of one instrument must all be long or all be short; use hedge mode, or different instruments";
        }
    }
}
