using Trellis.Core.Markets;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Conditional;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>An instrument as the exchange runs it: its rules in integers, its book and its prices.</summary>
internal sealed class Market
{
    private readonly Floor floor;
    private readonly OrderRequest houseBuy;
    private readonly OrderRequest houseSell;
    private int lastPrice;

    public Market(Floor floor, int index, MatchingInstrument definition)
    {
        this.floor = floor;
        Index = index;
        Definition = definition;
        houseBuy = new OrderRequest { Instrument = index, Side = Side.Buy, Type = OrderType.Limit };
        houseSell = houseBuy with { Side = Side.Sell };
        Units = MarketUnits.Of(definition, floor.Settings.FillRule);
        Book = new OrderBook(floor, this);
        lastPrice = MarkPrice = IndexPrice = HighestLast = LowestLast = Units.NearestTick(definition.StartPrice, definition.Instrument.Rules[0]);
        Tiers = new TierTable(definition.Instrument.LeverageTiers);
        AcceptRules(floor.Time);
    }

    public int Index { get; }

    public MatchingInstrument Definition { get; private set; }

    public InstrumentUnits Units { get; }

    public decimal Multiplier => Definition.Instrument.ContractMultiplier;

    public InstrumentRules Rules { get; private set; } = null!;

    /// <summary>When dated rules bring the next change; <see cref="long.MaxValue"/> for never.</summary>
    public long NextRulesAt { get; private set; }

    /// <summary>Price units per tick.</summary>
    public int Tick { get; private set; }

    /// <summary>Quantity units per lot.</summary>
    public long Lot { get; private set; }

    public Rate MakerFee { get; private set; }

    public Rate TakerFee { get; private set; }

    public TierTable Tiers { get; }

    public OrderBook Book { get; }

    public TriggerBook Triggers { get; } = new();

    /// <summary>In price units; notes how far it went since triggers were last looked at.</summary>
    public int LastPrice
    {
        get => lastPrice;
        set
        {
            lastPrice = value;
            HighestLast = Math.Max(HighestLast, value);
            LowestLast = Math.Min(LowestLast, value);
        }
    }

    public int HighestLast { get; private set; }

    public int LowestLast { get; private set; }

    public int MarkPrice { get; set; }

    public int IndexPrice { get; set; }

    /// <summary>Mark and index come by <see cref="Commands.SetMarkPrice"/>; moves of the market leave them alone.</summary>
    public bool MarkComesFromOutside { get; set; }

    public bool IsHalted { get; set; }

    public long LastTradeId { get; set; }

    /// <summary>What all quotes of the house on a side share.</summary>
    public OrderRequest HouseRequest(Side side) => side == Side.Buy ? houseBuy : houseSell;

    /// <summary>Value of a quantity at a price, in money units.</summary>
    public Int128 Notional(int price, long quantity) => Math.BigMul(price * Units.NotionalFactor, quantity);

    /// <summary>A price from outside in price units, halves up; at least one.</summary>
    public int NearestUnit(decimal price) => DecimalUnits.TryUnits(price, Units.PriceDecimals, out var units)
        ? (int)Math.Clamp(units, 1, int.MaxValue - 1)
        : (int)Math.Clamp(Math.Round(price / Units.ToPrice(1), MidpointRounding.AwayFromZero), 1m, int.MaxValue - 1);

    public void ForgetPath() => HighestLast = LowestLast = lastPrice;

    public void Change(InstrumentRules rules)
    {
        // Both conversions throw before anything has changed where the units can't hold the new rules.
        _ = Units.TickOf(rules);
        _ = Units.LotOf(rules);
        Restore([rules]);
    }

    public void Restore(IReadOnlyList<InstrumentRules> rules)
    {
        Definition = Definition with { Instrument = Definition.Instrument with { Rules = rules } };
        floor.Definitions[Index] = Definition;
        AcceptRules(floor.Time);
    }

    /// <summary>Takes the rules in force at a time over, Unix milliseconds.</summary>
    public void AcceptRules(long time)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time);
        var instrument = Definition.Instrument;
        Rules = instrument.RulesAt(now);
        NextRulesAt = long.MaxValue;
        foreach (var rules in instrument.Rules)
        {
            if (rules.ValidFrom > now)
            {
                NextRulesAt = Math.Min(NextRulesAt, rules.ValidFrom.ToUnixTimeMilliseconds());
            }
        }

        Tick = Units.TickOf(Rules);
        Lot = Units.LotOf(Rules);
        MakerFee = new Rate(Rules.MakerFee);
        TakerFee = new Rate(Rules.TakerFee);
    }
}
