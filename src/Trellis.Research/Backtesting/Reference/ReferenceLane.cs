using Trellis.Core;
using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>Where a limit order stands (docs/backtest.md, section 4).</summary>
internal enum LimitState : byte
{
    Resting,

    /// <summary>Post-only, and beyond the market since it was set.</summary>
    Waiting,

    /// <summary>Beyond the market when it was set: takes at the next open.</summary>
    Taking,
}

/// <summary>One bot on one instrument: its candles, its plan and its positions.</summary>
internal sealed class ReferenceLane
{
    private readonly LimitState[] states;
    private readonly LedgerPosition[] positions;
    private readonly LaneColumns columns;
    private readonly long runStart;

    public ReferenceLane(int number, int index, BotSetup bot, LaneSetup setup, IStrategy strategy, RunRange range, bool hedge)
    {
        Number = number;
        Index = index;
        Bot = bot;
        Setup = setup;
        Hedge = hedge;
        runStart = range.StartTime;
        Plan = new OrderPlan(strategy.SlotCount(index));
        states = new LimitState[Plan.SlotCount];
        positions = new LedgerPosition[hedge ? 2 : 1];
        columns = strategy.Prepare(index, setup.Candles, setup.Units) ?? new LaneColumns();
        View = new StrategyLane(setup.Units, Plan) { Rules = Instrument.Rules[0] };
    }

    /// <summary>Index over all lanes of all bots.</summary>
    public int Number { get; }

    /// <summary>Index among the bot's lanes.</summary>
    public int Index { get; }

    public BotSetup Bot { get; }

    public LaneSetup Setup { get; }

    public bool Hedge { get; }

    public OrderPlan Plan { get; }

    public StrategyLane View { get; }

    public InstrumentUnits Units => Setup.Units;

    public Instrument Instrument => Setup.Units.Instrument;

    public bool IsSpot => Instrument.Id.Market == MarketKind.Spot;

    public decimal Multiplier => Instrument.ContractMultiplier;

    /// <summary>The sides of <see cref="Position"/>, long before short.</summary>
    public IReadOnlyList<PositionSide> Sides => Hedge ? [PositionSide.Long, PositionSide.Short] : [PositionSide.Net];

    /// <summary>Signed, in base currency or contracts.</summary>
    public decimal NetSize => positions.Sum(position => position.Size);

    public int Open(int candle) => Setup.Candles.Open.Span[Own(candle)];

    public int High(int candle) => Setup.Candles.High.Span[Own(candle)];

    public int Low(int candle) => Setup.Candles.Low.Span[Own(candle)];

    /// <summary>In a hole the last close before it.</summary>
    public int Close(int candle) => Setup.Candles.Close.Span[Own(candle)];

    public bool IsHole(int candle) => Setup.Candles.IsHole(Own(candle));

    /// <summary>Candle of the run → candle of the lane's own columns.</summary>
    public int Own(int candle) =>
        candle + (int)((runStart - Setup.Candles.StartTime) / Setup.Candles.Interval.Milliseconds);

    public InstrumentRules RulesAt(long time) => Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(time));

    public LedgerPosition Position(PositionSide side) => positions[Place(side)];

    public void SetPosition(PositionSide side, LedgerPosition position) => positions[Place(side)] = position;

    /// <summary>The position that an order trades.</summary>
    public PositionSide SideOf(in PlannedOrder order) => !Hedge
        ? PositionSide.Net
        : order.PositionSide != PositionSide.Net
            ? order.PositionSide
            : throw new RunException($"{Bot.Name} on {Instrument.Id}: an order without a position side; in hedge mode each order names long or short");

    /// <summary>Unrealized profit of all positions at a price in price units.</summary>
    public decimal Unrealized(int price) => positions.Sum(position => position.Unrealized(Units.ToPrice(price), Multiplier));

    /// <summary>What an order may trade in a candle: cut, in whole lots, where it can only reduce; 0 for nothing.</summary>
    public decimal QuantityOf(in PlannedOrder order, InstrumentRules rules)
    {
        var size = Position(SideOf(order)).Size;
        var closable = size * order.Side.Sign() < 0 ? Math.Abs(size) : 0m;
        var wanted = Units.ToQuantity(order.Quantity);
        var closes = Hedge && (int)order.PositionSide != order.Side.Sign();
        var isCut = (closes || order.Has(OrderInstructions.ReduceOnly)) && wanted > closable;
        return isCut || order.Has(OrderInstructions.ClosePosition) ? closable - (closable % rules.LotSize) : wanted;
    }

    /// <summary>The limit price during a candle: of the order, or of the column at the candle before.</summary>
    public int LimitPrice(in PlannedOrder order, int candle)
    {
        if (order.PriceColumn == 0)
        {
            return order.Price;
        }

        var entry = Own(candle - 1);
        while (Setup.Candles.IsHole(entry))
        {
            entry--;
        }

        return columns.Prices[order.PriceColumn - 1][entry];
    }

    /// <summary>Whether a limit rests during a candle and can fill where the candle trades through it.</summary>
    public bool Rests(int slot, int candle)
    {
        ref readonly var order = ref Plan.Order(slot);
        if (order.PriceColumn == 0)
        {
            return states[slot] == LimitState.Resting;
        }

        var price = LimitPrice(order, candle);
        return price != 0 && !LiesBeyond(order.Side, price, Close(candle - 1));
    }

    public bool Takes(int slot) => Plan.Order(slot).PriceColumn == 0 && states[slot] == LimitState.Taking;

    /// <summary>The open was not beyond it: it has become a resting order.</summary>
    public void ComeToRest(int slot) => states[slot] = LimitState.Resting;

    /// <summary>Waiting orders that the close no longer lies against come to rest.</summary>
    public void ReleaseWaiting(int close)
    {
        for (var slot = 0; slot < states.Length; slot++)
        {
            if (Plan.IsPlanned(slot) && states[slot] == LimitState.Waiting && !LiesBeyond(Plan.Order(slot).Side, Plan.Order(slot).Price, close))
            {
                states[slot] = LimitState.Resting;
            }
        }
    }

    /// <summary>Looks at the orders that were set at this close, and notes how they stand.</summary>
    public void AcceptChanges(int close)
    {
        foreach (var slot in Plan.Changes)
        {
            var order = Plan.Order(slot);
            states[slot] = order.Kind != OrderKind.Limit || !LiesBeyond(order.Side, order.Price, close) ? LimitState.Resting
                : order.Has(OrderInstructions.PostOnly) ? LimitState.Waiting
                : LimitState.Taking;
        }

        Plan.AcceptChanges();
    }

    /// <summary>The order filled: it and the others of its group leave the plan.</summary>
    public void Drop(int slot)
    {
        var group = Plan.Order(slot).Group;
        Plan.Drop(slot);
        for (var other = 0; group > 0 && other < Plan.SlotCount; other++)
        {
            if (Plan.IsPlanned(other) && Plan.Order(other).Group == group)
            {
                Plan.Drop(other);
            }
        }
    }

    public static bool LiesBeyond(Side side, int price, int market) => side == Side.Buy ? price > market : price < market;

    private static int Place(PositionSide side) => side == PositionSide.Short ? 1 : 0;
}
