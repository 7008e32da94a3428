using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>How much of the account was in the market, over all closes of the run.</summary>
/// <param name="TimeInMarket">Share of the closes with an open position, 0 to 1.</param>
/// <param name="MaxNotional">Largest sum of the notionals of all positions.</param>
/// <param name="MaxNotionalTime">The close at which it stood first, Unix milliseconds; null where nothing was ever held.</param>
/// <param name="MaxOfEquity">Largest notional ÷ equity; closes at which equity is not above 0 are left out.</param>
/// <param name="MeanOfEquity">Mean of notional ÷ equity over the other closes, those without a position included.</param>
public sealed record Exposure(double TimeInMarket, Money MaxNotional, long? MaxNotionalTime, double MaxOfEquity, double MeanOfEquity);

/// <summary>The curve of equity: as <c>equity.csv</c>, as a short column to draw, and what it says of exposure.</summary>
/// <param name="Exposure">Over every close.</param>
/// <param name="Points">Equity at the closes that <c>equity.csv</c> lists.</param>
public sealed record EquityReport(Exposure Exposure, IReadOnlyList<Money> Points)
{
    private const long Day = 86_400_000;

    /// <summary>Walks over every close of the run once, and writes the rows of <c>equity.csv</c> on the way.</summary>
    /// <param name="setup">What was run.</param>
    /// <param name="outcome">What it left behind.</param>
    /// <param name="csv">Gets the rows; null where only the numbers are wanted.</param>
    public static EquityReport Write(BacktestSetup setup, RunOutcome outcome, TextWriter? csv)
    {
        var lanes = ResultLane.Of(setup, outcome);
        var walk = new EquityWalk(outcome, lanes);
        var exposure = new ExposureMeter();
        var points = new List<Money>();
        csv?.Write(Header(lanes));
        for (var candle = 0; candle < outcome.Range.Count; candle++)
        {
            walk.MoveTo(candle);
            var closeTime = outcome.Range.TimeOf(candle + 1);
            exposure.Take(walk, closeTime);
            if (candle == 0 || candle == outcome.Range.Count - 1 || candle == outcome.LiquidatedAt || closeTime % Day == 0)
            {
                points.Add(new Money(walk.Equity));
                csv?.Write(Row(walk, lanes, candle, closeTime));
            }
        }

        return new EquityReport(exposure.Result, points);
    }

    private static string Header(IReadOnlyList<ResultLane> lanes) =>
        "time,time_ms,equity,wallet,unrealized,drawdown" +
        string.Concat(lanes.Select(lane => $",{lane.BotName} {lane.Instrument} close,{lane.BotName} {lane.Instrument} position")) + "\n";

    private static string Row(EquityWalk walk, IReadOnlyList<ResultLane> lanes, int candle, long closeTime)
    {
        var row = string.Join(
            ',',
            CanonicalText.Time(closeTime),
            closeTime,
            CanonicalText.Of(walk.Equity),
            CanonicalText.Of(walk.Wallet),
            CanonicalText.Of(walk.Equity - walk.Wallet),
            CanonicalText.Of(walk.Drawdown));
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var units = lanes[lane].Units;
            row += $",{CanonicalText.Of(units.ToPrice(walk.Close(lane, candle)))},{CanonicalText.Of(units.ToQuantity(walk.NetSize(lane)))}";
        }

        return row + "\n";
    }

    private sealed class ExposureMeter
    {
        private long closes;
        private long inMarket;
        private long counted;
        private Int128 most;
        private long? mostTime;
        private double mostOfEquity;
        private double sumOfEquity;

        public Exposure Result => new(
            closes == 0 ? 0 : (double)inMarket / closes,
            new Money(most),
            mostTime,
            mostOfEquity,
            counted == 0 ? 0 : sumOfEquity / counted);

        public void Take(EquityWalk walk, long closeTime)
        {
            closes++;
            if (walk.IsInMarket)
            {
                inMarket++;
            }

            if (walk.Exposure > most)
            {
                (most, mostTime) = (walk.Exposure, closeTime);
            }

            if (walk.Equity > 0)
            {
                counted++;
                var ofEquity = walk.IsInMarket ? (double)walk.Exposure / (double)walk.Equity : 0;
                mostOfEquity = Math.Max(mostOfEquity, ofEquity);
                sumOfEquity += ofEquity;
            }
        }
    }
}
