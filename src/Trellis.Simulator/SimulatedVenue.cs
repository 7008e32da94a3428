using Trellis.Simulator.Hosting;
using Trellis.Simulator.Markets.Listings;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator;

/// <summary>An exchange that the simulator can be. The list is the one place that knows venues by name.</summary>
/// <param name="Title">What it is called on a screen.</param>
public sealed record SimulatedVenue(string Title, ListingRules Listings, Func<VenueContext, IVenue> Open)
{
    public static IReadOnlyList<SimulatedVenue> All { get; } = [new("binance USDⓈ-M futures", BinanceListings.Rules, static context => new BinanceVenue(context))];

    public string Name => Listings.Exchange;
}
