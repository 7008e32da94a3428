using Trellis.Simulator.Exchange;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Limits;
using Trellis.Simulator.Venues.Binance.Signing;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>What the endpoints share.</summary>
internal sealed class BinanceServices
{
    public BinanceServices(VenueContext context, SymbolTable symbols, ListenKeys listenKeys)
    {
        Context = context;
        Symbols = symbols;
        ListenKeys = listenKeys;
        Keys = new ApiKeys(context.Credentials);
        Weights = new WeightLimiter(context.Time, () => context.Faults.LimitFactor, () => context.Faults.BannedUntil);
        Orders = new OrderLimiter(context.Time, () => context.Faults.LimitFactor);
        ClientOrderIds = new ClientOrderIds((ulong)context.Time.GetUtcNow().Ticks);
    }

    public VenueContext Context { get; }

    public SymbolTable Symbols { get; }

    public ListenKeys ListenKeys { get; }

    public ApiKeys Keys { get; }

    public WeightLimiter Weights { get; }

    public OrderLimiter Orders { get; }

    public ClientOrderIds ClientOrderIds { get; }

    public SimulatedExchange Exchange => Context.Exchange;

    public MarketDataStore MarketData => Context.MarketData;

    /// <summary>Unix milliseconds of orders, trades and candles.</summary>
    public long MarketTime => Context.Clock.MarketTime;

    /// <summary>Unix milliseconds that clients sign by.</summary>
    public long WireTime => Context.Clock.WireTime;
}
