using Trellis.Core.Numerics;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>Where a change of equity came from: realized + unrealized + fees + funding = change.</summary>
public sealed record ProfitParts
{
    public Money Realized { get; init; }

    public Money Unrealized { get; init; }

    public Money Fees { get; init; }

    public Money Funding { get; init; }

    public long Fills { get; init; }

    public long FundingPayments { get; init; }

    public Money Change => Realized + Unrealized + Fees + Funding;

    /// <summary>What is neither a completed pair nor a cost: realized + unrealized − matched.</summary>
    public Money Floating(Money matched) => Realized + Unrealized - matched;

    public static ProfitParts operator +(ProfitParts left, ProfitParts right) => new()
    {
        Realized = left.Realized + right.Realized,
        Unrealized = left.Unrealized + right.Unrealized,
        Fees = left.Fees + right.Fees,
        Funding = left.Funding + right.Funding,
        Fills = left.Fills + right.Fills,
        FundingPayments = left.FundingPayments + right.FundingPayments,
    };

    /// <summary>One per lane of the run.</summary>
    internal static IReadOnlyList<ProfitParts> PerLane(RunOutcome outcome, int lanes)
    {
        var parts = Enumerable.Repeat(new ProfitParts(), lanes).ToArray();
        foreach (var group in outcome.Entries.GroupBy(entry => entry.Lane))
        {
            var (realized, fees, funding) = (default(Int128), default(Int128), default(Int128));
            var (fills, payments) = (0L, 0L);
            foreach (var entry in group)
            {
                realized += entry.Realized;
                fees += entry.Fee;
                funding += entry.Funding;
                (fills, payments) = entry.IsFill ? (fills + 1, payments) : (fills, payments + 1);
            }

            parts[group.Key] = new ProfitParts
            {
                Realized = new Money(realized),
                Fees = new Money(fees),
                Funding = new Money(funding),
                Fills = fills,
                FundingPayments = payments,
            };
        }

        foreach (var position in outcome.Positions)
        {
            parts[position.Lane] = parts[position.Lane] with { Unrealized = parts[position.Lane].Unrealized + position.Unrealized };
        }

        return parts;
    }
}

/// <summary>A bot's part of a result.</summary>
/// <param name="Instruments">The instruments it traded, as written in results.</param>
public sealed record BotResult(string Name, IReadOnlyList<string> Instruments, ProfitParts Parts, StrategyReport Report)
{
    /// <summary>Prices that a chart should show: those the strategy names, else those of its position and its standing orders.</summary>
    public IReadOnlyList<StrategyLevel> Levels { get; init; } = Report.Levels;
}

/// <summary>What all bots together made on one instrument.</summary>
public sealed record InstrumentResult(string Instrument, ProfitParts Parts);
