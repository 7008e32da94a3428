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
    private decimal wandering = 100m;
    private decimal open = 100m;
    private decimal high = 100m;
    private decimal low = 100m;

    public MarketPath(SimulatedExchange exchange, int market, ulong seed)
    {
        this.exchange = exchange;
        this.market = market;
        random = new DeterministicRandom(seed);
        liveliness = 0.15m + (decimal)(random.NextUnit() * 0.3);
        Show();
    }

    public decimal Price { get; private set; } = 100m;

    /// <summary>The best bid of the book.</summary>
    public decimal Bid => Best(Side.Buy) ?? Price;

    /// <summary>The best ask of the book.</summary>
    public decimal Ask => Best(Side.Sell) ?? Price + 0.2m;

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
        var rules = exchange.Engine.Instruments[market].Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(exchange.Time));
        var tick = rules.TickSize;
        Price = decimal.Round(wandering / tick) * tick;
        (high, low) = (Math.Max(high, Price), Math.Min(low, Price));
        var scale = 1m / exchange.Engine.Instruments[market].Instrument.ContractMultiplier;
        var thin = (decimal)(0.2 + (random.NextUnit() * 4)) * scale;
        exchange.Apply(new SetQuotes(
            exchange.Time,
            market,
            [new QuoteLevel(Price - tick, thin), new QuoteLevel(Price - (5 * tick), 100_000m * scale)],
            [new QuoteLevel(Price + tick, thin), new QuoteLevel(Price + (5 * tick), 100_000m * scale)]));
        if (Price != before)
        {
            exchange.Apply(new TradeOutside(exchange.Time, market, Price > before ? Side.Buy : Side.Sell, Price, thin));
            exchange.Apply(new SetMarkPrice(exchange.Time, market, Price, Price));
        }
    }

    private decimal? Best(Side side) => exchange.Engine.Levels(market, side, 1) is { Count: > 0 } levels ? levels[0].Price : null;
}
