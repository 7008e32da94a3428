using Trellis.Configuration;
using Trellis.Core;
using Trellis.Research.Backtesting;

namespace Trellis.Cli.Backtest;

/// <summary>The ladder of every bot at the price that it will start at, before anything runs.</summary>
internal static class StartPriceCheck
{
    /// <exception cref="ConfigurationException">Every problem of every ladder, with its path and place.</exception>
    public static void Check(LoadedConfiguration loaded, BacktestSetup setup)
    {
        var range = RunRange.Of(setup);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(range.TimeOf(1));
        var problems = new List<ConfigurationProblem>();
        for (var i = 0; i < setup.Bots.Count; i++)
        {
            if (BotStrategy.Of(loaded.Document.Bots[i]) is not { StartsAtFirstClose: true } strategy)
            {
                continue;
            }

            var lane = setup.Bots[i].Lanes[0];
            var candle = (int)((range.StartTime - lane.Candles.StartTime) / range.Interval);
            var price = lane.Units.ToPrice(lane.Candles.Close.Span[candle]);
            problems.AddRange(LadderCheck
                .Problems($"bots[{i}].{strategy.Section}", strategy, lane.Units, lane.Units.Instrument.RulesAt(start), loaded.Document.Account.Balance, price)
                .Select(problem => problem with { Source = loaded.Sources.Of(problem.Path), Rule = $"{problem.Rule} (at the start price {price})" }));
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }
    }
}
