using Trellis.Core.Markets;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Simulation.Exchange;

/// <summary>
/// What moves one market: a price that wanders around 100, quotes of which only the first is thin, a trade with each move. The candles are of the
/// trades that the market saw.
/// </summary>
public sealed class MarketPath
{
    private readonly SimulatedExchange exchange;
    private readonly DeterministicRandom random;
    private readonly int market;
    private readonly decimal liveliness;

    /// <summary>Contracts per coin.</summary>
    private readonly decimal scale;
    private readonly QuoteLevel[] bids = new QuoteLevel[2];
    private readonly QuoteLevel[] asks = new QuoteLevel[2];
    private decimal wandering = 100m;
    private decimal open = 100m;
    private decimal high = 100m;
    private decimal low = 100m;

    public MarketPath(SimulatedExchange exchange, int market, ulong seed)
    {
        this.exchange = exchange;
        this.market = market;
        random = new DeterministicRandom(seed);
        scale = 1m / exchange.Engine.Instruments[market].Instrument.ContractMultiplier;
        liveliness = 0.2m + (decimal)(random.NextUnit() * 0.4);
        Show();
    }

    public decimal Price { get; private set; } = 100m;

    /// <summary>The best bid of the book.</summary>
    public decimal Bid => exchange.Engine.BestPrice(market, Side.Buy) ?? Price;

    /// <summary>The best ask of the book.</summary>
    public decimal Ask => exchange.Engine.BestPrice(market, Side.Sell) ?? Price + 0.2m;

    public void Move()
    {
        wandering += ((decimal)random.NextBell() * liveliness) + ((100m - wandering) * 0.005m);
        wandering = Math.Clamp(wandering, 70m, 140m);
        Show();
    }

    /// <summary>The candle since the last one was taken.</summary>
    public Candle TakeCandle(long openTime)
    {
        var candle = new Candle(openTime, open, high, low, Price, 1m);
        (open, high, low) = (Price, Price, Price);
        return candle;
    }

    private void Show()
    {
        var before = Price;
        var instrument = exchange.Engine.Instruments[market].Instrument;
        var tick = instrument.Rules[0].TickSize;
        Price = decimal.Round(wandering / tick) * tick;
        (high, low) = (Math.Max(high, Price), Math.Min(low, Price));
        var thin = (decimal)(0.2 + (random.NextUnit() * 4)) * scale;
        (bids[0], bids[1]) = (new QuoteLevel(Price - tick, thin), new QuoteLevel(Price - (5 * tick), 100_000m * scale));
        (asks[0], asks[1]) = (new QuoteLevel(Price + tick, thin), new QuoteLevel(Price + (5 * tick), 100_000m * scale));
        exchange.Apply(new SetQuotes(
            exchange.Time,
            market,
            bids,
            asks));
        if (Price != before)
        {
            exchange.Apply(new TradeOutside(exchange.Time, market, Price > before ? Side.Buy : Side.Sell, Price, thin));
            exchange.Apply(new SetMarkPrice(exchange.Time, market, Price, Price));
        }
    }
}
