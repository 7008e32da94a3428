using System.Globalization;
using Trellis.Core.Orders;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Signals;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>What the cases of a fuzz contained: a comparison of runs in which nothing happens proves nothing.</summary>
internal sealed class FuzzCounts
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, int> casesWith = new(StringComparer.Ordinal);
    private readonly List<int> fills = [];

    public int Cases => fills.Count;

    public int MedianFills => fills.Order().ElementAt(fills.Count / 2);

    public double Share(string what) => (double)casesWith.GetValueOrDefault(what) / Cases;

    public void Add(FuzzCase fuzz, BacktestSetup setup, RunOutcome outcome)
    {
        var entries = outcome.Entries;
        lock (gate)
        {
            fills.Add(entries.Count(entry => entry.IsFill));
            Count("stop", entries.Any(entry => entry.Kind == EntryKind.Trigger));
            Count("liquidation", outcome.LiquidatedAt is not null);
            Count("funding", entries.Any(entry => !entry.IsFill));
            Count("hole", HasHole(setup, outcome.Range));
            Count("both sides", entries.Any(entry => entry.SizeAfter > 0) && entries.Any(entry => entry.SizeAfter < 0));
            Count("several instruments", entries.Where(entry => entry.IsFill).DistinctBy(entry => entry.Lane).Count() > 1);
            Count("several bots", setup.Bots.Count > 1);
            Count("hedge", setup.HedgeMode && entries.Any(entry => entry.PositionSide == PositionSide.Short));
            Count("spot", setup.Bots.Any(bot => bot.Lanes.Any(lane => lane.Units.Instrument.Id.Market == Core.Markets.MarketKind.Spot)));
            Count("base fee", entries.Any(entry => entry.BaseFee > 0));
            Count("rebate", entries.Any(entry => entry.Fee > 0));
            Count("market order", entries.Any(entry => entry.Kind == EntryKind.Market));
            Count("taker at the open", entries.Any(entry => entry.Kind == EntryKind.Taker));
            Count("refusal", outcome.Refusals > 0);
            Count("grid", fuzz.Grid && !fuzz.Dca && fuzz.LanesOfBots.Counts.Contains(1));
            Count("dca", fuzz.Dca && fuzz.LanesOfBots.Counts.Contains(1));
            Count("dca deal", fuzz.Dca && fuzz.LanesOfBots.Counts.Contains(1) && outcome.Reports.Zip(outcome.Strategies).Any(each => each.Second is DcaStrategy && each.First.Pairs > 0));
            Count("signal", !fuzz.Grid && !fuzz.Dca && fuzz.Signal && fuzz.LanesOfBots.Counts.Contains(1));
            Count("signal position closed", fuzz.Signal && outcome.Strategies.Zip(outcome.Reports).Any(bot => bot.First is SignalStrategy && bot.Second.Pairs > 0));
            Count("dated rules", fuzz.DatedRules);
        }
    }

    public override string ToString() =>
        $"{Cases} cases, {fills.Sum(count => (long)count)} fills, median {MedianFills} a case; cases with " +
        string.Join(", ", casesWith.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {100.0 * pair.Value / Cases:0.0} %")));

    private static bool HasHole(BacktestSetup setup, RunRange range) => setup.Bots.SelectMany(bot => bot.Lanes).Any(lane =>
    {
        var first = (int)((range.StartTime - lane.Candles.StartTime) / range.Interval);
        return Enumerable.Range(first, range.Count).Any(lane.Candles.IsHole);
    });

    private void Count(string what, bool there) => casesWith[what] = casesWith.GetValueOrDefault(what) + (there ? 1 : 0);
}
