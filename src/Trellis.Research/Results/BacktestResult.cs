using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>Everything a backtest has to say; docs/result.md defines each number.</summary>
public sealed record BacktestResult
{
    public required RunDescription Run { get; init; }

    public required BacktestSetup Setup { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>One per instrument, in order of first use.</summary>
    public required IReadOnlyList<DataDescription> Data { get; init; }

    /// <summary>SHA-256 over all fills and funding payments.</summary>
    public required string FillsSha256 { get; init; }

    public required EquityReport Equity { get; init; }

    public required BuyAndHold BuyAndHold { get; init; }

    /// <summary>One per bot, in configuration order.</summary>
    public required IReadOnlyList<BotResult> Bots { get; init; }

    /// <summary>One per instrument, in order of first use.</summary>
    public required IReadOnlyList<InstrumentResult> Instruments { get; init; }

    public required ProfitParts Total { get; init; }

    public required IReadOnlyList<PositionResult> Positions { get; init; }

    /// <summary>Quote currency of the wallet.</summary>
    public string Currency => Data[0].Instrument.QuoteCurrency;

    /// <summary>Gross profit of completed pairs of all bots.</summary>
    public Money Matched => Bots.Aggregate(Money.Zero, (sum, bot) => sum + bot.Report.Matched);

    public Money Floating => Total.Floating(Matched);

    public int Pairs => Bots.Sum(bot => bot.Report.Pairs);

    public Money Change => Outcome.Equity - Outcome.StartBalance;

    /// <summary>Change of equity ÷ start balance; 0.1 is 10 %.</summary>
    public double Return => (double)Change.Units / (double)Outcome.StartBalance.Units;

    /// <summary>Sums a run up; the rows of its files go to the writers on the way.</summary>
    /// <param name="run">What is known of the run from outside.</param>
    /// <param name="setup">What was run.</param>
    /// <param name="outcome">What it left behind.</param>
    /// <param name="fills">Gets <c>fills.csv</c>; null where the file is not wanted.</param>
    /// <param name="equity">Gets <c>equity.csv</c>; null where the file is not wanted.</param>
    public static BacktestResult Of(RunDescription run, BacktestSetup setup, RunOutcome outcome, TextWriter? fills = null, TextWriter? equity = null)
    {
        var lanes = ResultLane.Of(setup, outcome);
        var parts = ProfitParts.PerLane(outcome, lanes.Count);
        return new BacktestResult
        {
            Run = run,
            Setup = setup,
            Outcome = outcome,
            Data = DataDescription.Of(run, outcome, lanes),
            FillsSha256 = FillsReport.Write(setup, outcome, fills),
            Equity = EquityReport.Write(setup, outcome, equity),
            BuyAndHold = BuyAndHold.Of(setup, outcome),
            Bots = [.. setup.Bots.Select((bot, index) => new BotResult(
                bot.Name,
                [.. lanes.Where(lane => lane.Bot == index).Select(lane => lane.Instrument.ToString())],
                Sum(lanes, parts, lane => lane.Bot == index),
                outcome.Reports[index])
            {
                Levels = BotLevels.Of(index, lanes, outcome),
            })],
            Instruments = [.. lanes.DistinctBy(lane => lane.Instrument).Select(first => new InstrumentResult(
                first.Instrument.ToString(),
                Sum(lanes, parts, lane => lane.Instrument == first.Instrument)))],
            Total = Sum(lanes, parts, _ => true),
            Positions = [.. outcome.Positions.Select(position => PositionResult.Of(position, lanes[position.Lane], outcome.Range))],
        };
    }

    private static ProfitParts Sum(IReadOnlyList<ResultLane> lanes, IReadOnlyList<ProfitParts> parts, Func<ResultLane, bool> wanted) =>
        Enumerable.Range(0, lanes.Count).Where(lane => wanted(lanes[lane])).Aggregate(new ProfitParts(), (sum, lane) => sum + parts[lane]);
}

/// <summary>A position at the end of a run.</summary>
/// <param name="Quantity">Signed, in base currency or contracts; below 0 is short.</param>
/// <param name="EntryPrice">Cost ÷ quantity ÷ multiplier, rounded half to even at the twelfth decimal.</param>
/// <param name="MarkPrice">The last close.</param>
public sealed record PositionResult(string Bot, string Instrument, decimal Quantity, decimal EntryPrice, Money Cost, decimal MarkPrice, Money Unrealized)
{
    internal static PositionResult Of(OpenPosition position, ResultLane lane, RunRange range)
    {
        var quantity = lane.Units.ToQuantity(position.Size);
        var entry = position.Cost.ToDecimal() / Math.Abs(quantity) / lane.Units.Instrument.ContractMultiplier;
        return new PositionResult(
            lane.BotName,
            lane.Instrument.ToString(),
            quantity,
            decimal.Round(entry, Money.Decimals, MidpointRounding.ToEven),
            position.Cost,
            lane.Units.ToPrice(lane.Closes(range.Count).Span[^1]),
            position.Unrealized);
    }
}
