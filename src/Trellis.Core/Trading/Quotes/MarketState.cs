using Trellis.Core.Markets;
using Trellis.Core.Trading.Planning;

namespace Trellis.Core.Trading.Quotes;

/// <summary>What is known of an instrument: its rules, its last quote, its candles.</summary>
internal sealed class MarketState(int index, TradingMarket market, Interval interval)
{
    /// <summary>The price as it was asked for since it last changed: a division that many ask for and few change.</summary>
    private decimal? middle;

    public int Index { get; } = index;

    public Instrument Instrument { get; } = market.Instrument;

    public InstrumentUnits Units { get; } = market.Units;

    public InstrumentRules Rules { get; private set; } = market.Rules;

    public OrderMinimums Minimums { get; private set; } = new(market.Units, market.Rules);

    public CandleHistory Candles { get; } = new(market.Units, interval);

    public decimal Bid { get; private set; }

    public decimal Ask { get; private set; }

    public bool HasQuote => Bid > 0 && Ask > 0;

    public bool HasPrice => HasQuote || Candles.Count > 0;

    /// <summary>What the quote has to do before something that is held back may leave.</summary>
    public QuoteTriggers Triggers { get; } = new();

    public bool IsSpot => Instrument.Id.Market == MarketKind.Spot;

    public decimal Multiplier => Instrument.ContractMultiplier;

    /// <summary>Middle of the quote, else the last close; 0 where nothing is known.</summary>
    public decimal Price => middle ??= HasQuote ? (Bid + Ask) / 2m : Units.ToPrice(Candles.LastClose);

    public void Quote(decimal bid, decimal ask)
    {
        (Bid, Ask) = (bid, ask);
        middle = null;
    }

    /// <returns>As <see cref="CandleHistory.Add"/>.</returns>
    public bool Close(in Candle candle)
    {
        middle = null;
        return Candles.Add(candle);
    }

    /// <exception cref="ConfigurationException">The rules do not fit the market's units.</exception>
    public void Change(InstrumentRules rules)
    {
        _ = Units.TickOf(rules);
        Minimums = new OrderMinimums(Units, rules);
        Rules = rules;
    }

    /// <summary>A quantity rounded down to whole lots.</summary>
    public decimal WholeLots(decimal quantity) => quantity - (quantity % Rules.LotSize);

    /// <summary>Value of a quantity at a price.</summary>
    public decimal Notional(decimal price, decimal quantity) => price * quantity * Multiplier;
}
