using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting;

public enum EntryKind : byte
{
    /// <summary>A resting limit, as maker.</summary>
    Limit,

    /// <summary>A market order at an open.</summary>
    Market,

    /// <summary>A limit that took at the open.</summary>
    Taker,

    /// <summary>A trigger that fired.</summary>
    Trigger,

    /// <summary>A position closed by the exchange.</summary>
    Liquidation,

    /// <summary>A funding payment; price, quantity and side are those of the position.</summary>
    Funding,
}

/// <summary>One change of the account: a fill or a funding payment. Money in units of 10^-12 quote currency.</summary>
public record struct RunEntry
{
    /// <summary>Candle of the run.</summary>
    public int Candle { get; set; }

    /// <summary>Index over all lanes of all bots in order.</summary>
    public int Lane { get; set; }

    public EntryKind Kind { get; set; }

    /// <summary>Of a funding payment: buy for a long position, sell for a short one.</summary>
    public Side Side { get; set; }

    public PositionSide PositionSide { get; set; }

    /// <summary>The order's slot; −1 for liquidation and funding.</summary>
    public int Slot { get; set; }

    /// <summary>The order's number within its slot; 0 for liquidation and funding.</summary>
    public int Cycle { get; set; }

    /// <summary>In price units.</summary>
    public int Price { get; set; }

    /// <summary>In quantity units, above 0.</summary>
    public long Quantity { get; set; }

    /// <summary>Part of the quantity kept as fee, in quantity units.</summary>
    public long BaseFee { get; set; }

    /// <summary>At most 0 (above 0 for a rebate).</summary>
    public Int128 Fee { get; set; }

    public Int128 Realized { get; set; }

    public Int128 Funding { get; set; }

    public Int128 WalletAfter { get; set; }

    /// <summary>Size of the position afterwards, signed, in quantity units.</summary>
    public long SizeAfter { get; set; }

    /// <summary>Total cost of the position afterwards, at least 0.</summary>
    public Int128 CostAfter { get; set; }

    public readonly bool IsFill => Kind != EntryKind.Funding;

    public override readonly string ToString() =>
        $"candle {Candle} lane {Lane} {Kind} {Side} slot {Slot}#{Cycle} {Quantity} @ {Price} fee {Fee} base fee {BaseFee} realized {Realized} funding {Funding} → wallet {WalletAfter}, size {SizeAfter}, cost {CostAfter}";
}
