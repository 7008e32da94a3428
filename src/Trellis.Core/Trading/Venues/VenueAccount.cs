using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Trading.Venues;

/// <summary>A position as an exchange told it.</summary>
/// <param name="Side">Net in one-way mode.</param>
/// <param name="Quantity">Signed: above 0 long, below 0 short.</param>
/// <param name="Leverage">0 where the exchange does not say.</param>
public sealed record VenuePosition(
    InstrumentId Instrument,
    PositionSide Side,
    decimal Quantity,
    decimal EntryPrice,
    decimal MarkPrice,
    decimal UnrealizedProfit,
    decimal LiquidationPrice,
    int Leverage);

/// <summary>Money in one currency.</summary>
/// <param name="Wallet">Without unrealized profit.</param>
/// <param name="Available">What new orders may use.</param>
public sealed record VenueBalance(string Currency, decimal Wallet, decimal Available);

/// <summary>
/// Everything an exchange says of an account, asked for between two instants: orders first, then fills and income, then positions and
/// balances, so that what is missing among the orders is found among the fills.
/// </summary>
public sealed record VenueSnapshot
{
    /// <summary>The exchange's clock before the first question, Unix milliseconds.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The exchange's clock after the last answer.</summary>
    public required long FinishedAt { get; init; }

    public required bool HedgeMode { get; init; }

    /// <summary>All open orders of the account on the asked instruments, conditional ones among them, whoever made them.</summary>
    public required IReadOnlyList<VenueOrder> OpenOrders { get; init; }

    /// <summary>The present state of the orders that were asked for by client order id; those the exchange does not know are in <see cref="NotFound"/>.</summary>
    public IReadOnlyList<VenueOrder> AskedOrders { get; init; } = [];

    /// <summary>Client order ids that neither open orders, history nor conditional orders know.</summary>
    public IReadOnlyList<string> NotFound { get; init; } = [];

    /// <summary>All fills since the asked time, whoever made them, by time.</summary>
    public required IReadOnlyList<VenueFill> Fills { get; init; }

    public IReadOnlyList<VenueIncome> Income { get; init; } = [];

    public required IReadOnlyList<VenuePosition> Positions { get; init; }

    public required IReadOnlyList<VenueBalance> Balances { get; init; }
}
