using Trellis.Simulator.Markets;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>A market with the listings of an exchange that the catalogue knows, for tests to change.</summary>
internal static class SomeMarket
{
    public static MarketOptions Options { get; } = new() { Listings = BinanceListings.Rules };
}
