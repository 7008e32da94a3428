namespace Trellis.Simulator.Markets.Listings;

/// <summary>What an exchange demands of orders on an instrument beyond its catalogue entry, and where a generated market begins.</summary>
/// <param name="StartPrice">Price at which generated candles begin, in quote currency.</param>
/// <param name="MinPrice">Lowest price of an order.</param>
/// <param name="MaxPrice">Highest price of an order; 0 for no maximum.</param>
/// <param name="MaxQuantity">Largest quantity of a limit order; 0 for no maximum.</param>
/// <param name="MaxMarketQuantity">Largest quantity of a market order; 0 for no maximum.</param>
/// <param name="LiquidationFee">Share of notional that a forced close costs.</param>
public sealed record MarketFilters(
    decimal StartPrice, decimal MinPrice, decimal MaxPrice, decimal MaxQuantity, decimal MaxMarketQuantity, decimal LiquidationFee);
