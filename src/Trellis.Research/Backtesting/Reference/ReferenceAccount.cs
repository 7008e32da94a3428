using Trellis.Core;
using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>
/// The wallet in decimals, kept by the double-entry ledger. Every change is posted; realized profit, fees and
/// funding are added up a second time from the entries of the run, and the two books are compared at each close.
/// </summary>
internal sealed class ReferenceAccount
{
    private readonly LedgerBook ledger = new();
    private readonly decimal start;
    private readonly string currency;
    private decimal realized;
    private decimal fees;
    private decimal funding;

    public ReferenceAccount(Money start, string currency)
    {
        this.start = start.ToDecimal();
        this.currency = currency;
        ledger.Post(LedgerEntries.Open(currency, this.start));
    }

    /// <summary>Start balance + realized + fees + funding.</summary>
    public decimal Wallet => ledger.BookValue(currency);

    public List<RunEntry> Entries { get; } = [];

    /// <summary>Realized + fees + funding of a lane, less the signed cost of its positions.</summary>
    public decimal ProfitBase(ReferenceLane lane)
    {
        var gains = 0m;
        foreach (var kind in (ReadOnlySpan<LedgerAccountKind>)[LedgerAccountKind.Realized, LedgerAccountKind.Fees, LedgerAccountKind.Funding])
        {
            gains -= ledger.Balance(LedgerEntries.Of(kind, lane.Bot.Name, lane.Instrument));
        }

        return gains - lane.Sides.Sum(side => lane.Position(side).SignedCost);
    }

    public void BookFill(ReferenceLane lane, PositionSide side, in LedgerFill fill, in PositionChange change, RunEntry entry)
    {
        ledger.Post(LedgerEntries.Fill(lane.Bot.Name, lane.Instrument, side, lane.Position(side), fill, change));
        lane.SetPosition(side, change.After);
        realized += change.Realized;
        fees += fill.Fee;
        entry.BaseFee = lane.Units.FromQuantity(fill.BaseFee);
        entry.Fee = Units(fill.Fee);
        entry.Realized = Units(change.Realized);
        Record(lane, side, entry);
    }

    public void BookFunding(ReferenceLane lane, PositionSide side, decimal amount, RunEntry entry)
    {
        ledger.Post(LedgerEntries.Funding(lane.Bot.Name, lane.Instrument, amount));
        funding += amount;
        entry.Funding = Units(amount);
        Record(lane, side, entry);
    }

    /// <summary>Equity at a close.</summary>
    /// <exception cref="RunException">The books don't agree to the last unit.</exception>
    public decimal EquityAt(int candle, IReadOnlyList<ReferenceLane> lanes)
    {
        var unrealized = lanes.Sum(lane => lane.Unrealized(lane.Close(candle)));
        var equity = Wallet + unrealized;
        var counted = start + realized + fees + funding + unrealized;
        var cost = lanes.Sum(lane => lane.Sides.Sum(side => lane.Position(side).SignedCost));
        if (equity != counted || cost != ledger.Total(LedgerAccountKind.PositionCost, currency))
        {
            throw new RunException($"candle {candle}: the ledger says equity {equity} and cost {ledger.Total(LedgerAccountKind.PositionCost, currency)}, the entries say {counted} and {cost}");
        }

        return equity;
    }

    public static Int128 Units(decimal amount) => Money.FromDecimal(amount).Units;

    private void Record(ReferenceLane lane, PositionSide side, RunEntry entry)
    {
        var position = lane.Position(side);
        entry.Lane = lane.Number;
        entry.PositionSide = side;
        entry.WalletAfter = Units(Wallet);
        entry.SizeAfter = lane.Units.FromQuantity(position.Size);
        entry.CostAfter = Units(position.Cost);
        Entries.Add(entry);
    }
}
