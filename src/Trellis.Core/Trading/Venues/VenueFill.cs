using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Trading.Venues;

/// <summary>One execution as an exchange told it.</summary>
public sealed record VenueFill
{
    public required InstrumentId Instrument { get; init; }

    /// <summary>Unique per instrument and side: a fill is booked once, by both. An account that trades with itself has two fills of one trade.</summary>
    public required string TradeId { get; init; }

    public required string VenueOrderId { get; init; }

    /// <summary>Empty where the exchange does not repeat it (lists of fills).</summary>
    public string ClientOrderId { get; init; } = "";

    public required Side Side { get; init; }

    public PositionSide PositionSide { get; init; }

    public required decimal Price { get; init; }

    /// <summary>Above 0, in the instrument's unit of quantity.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Above 0 where it was paid, below 0 for a rebate.</summary>
    public decimal Fee { get; init; }

    public string FeeCurrency { get; init; } = "";

    public bool IsMaker { get; init; }

    /// <summary>On the exchange's clock, Unix milliseconds.</summary>
    public required long Time { get; init; }
}

/// <summary>A funding payment, a transfer or another change of a wallet that is not a fill.</summary>
/// <param name="Id">Unique among entries of its kind.</param>
/// <param name="Instrument">Null where it belongs to none.</param>
/// <param name="Amount">What was added to the wallet.</param>
public sealed record VenueIncome(string Id, VenueIncomeKind Kind, InstrumentId? Instrument, string Currency, decimal Amount, long Time);

public enum VenueIncomeKind : byte
{
    Funding,
    Transfer,

    /// <summary>Insurance, bonus and whatever else has no account of its own.</summary>
    Other,
}
