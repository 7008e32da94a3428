using Trellis.Core.Markets;

namespace Trellis.Core.Matching;

/// <summary>An instrument with what an exchange demands of its orders beyond tick, lot and minimums.</summary>
public sealed record MatchingInstrument
{
    /// <summary>A linear perpetual; its rules in force are those at the exchange's clock.</summary>
    public required Instrument Instrument { get; init; }

    public decimal MinPrice { get; init; }

    /// <summary>0 for no maximum.</summary>
    public decimal MaxPrice { get; init; }

    /// <summary>Largest quantity of a limit order; 0 for no maximum.</summary>
    public decimal MaxQuantity { get; init; }

    /// <summary>Largest quantity of a market order; 0 for no maximum.</summary>
    public decimal MaxMarketQuantity { get; init; }

    /// <summary>Buys above mark price × this are refused; 0 for no band.</summary>
    public decimal PriceBandUp { get; init; }

    /// <summary>Sells below mark price × this are refused.</summary>
    public decimal PriceBandDown { get; init; }

    public int MaxOpenOrders { get; init; } = 200;

    public int MaxConditionalOrders { get; init; } = 100;

    /// <summary>How often an order may be amended.</summary>
    public int MaxAmendments { get; init; } = 10_000;

    /// <summary>A good-till-date order must live longer than this when it is placed, milliseconds; 0 for any date to come.</summary>
    public long MinOrderLife { get; init; }

    /// <summary>Fee of a forced close, as a share of notional.</summary>
    public decimal LiquidationFee { get; init; } = 0.0125m;

    /// <summary>Hours between two fundings; 8 gives 00:00, 08:00 and 16:00 UTC.</summary>
    public int FundingHours { get; init; } = 8;

    /// <summary>Decimals of prices that come from outside (candles, mark prices, quotes); more than the tick's make the unit of price finer.</summary>
    public int DataDecimals { get; init; }

    /// <summary>Last, mark and index price before the market has moved; the book is empty until it does.</summary>
    public required decimal StartPrice { get; init; }
}
