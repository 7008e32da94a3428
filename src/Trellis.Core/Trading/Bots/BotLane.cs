using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Planning;
using Trellis.Core.Trading.Quotes;

namespace Trellis.Core.Trading.Bots;

/// <summary>One bot on one market: its plan, the slots that carry it out, and what the strategy sees.</summary>
internal sealed class BotLane
{
    private LaneSlot?[] slots = [];
    private LaneColumns? columns;
    private bool hasColumns;
    private int preparedFor = -1;

    public BotLane(int bot, int index, MarketState market, OwnerBook book)
    {
        Bot = bot;
        Index = index;
        Market = market;
        Book = book;
    }

    public int Bot { get; }

    public int Index { get; }

    public MarketState Market { get; }

    public OwnerBook Book { get; }

    public OrderPlan Plan { get; private set; } = new(1);

    public StrategyLane View { get; private set; } = null!;

    /// <summary>Orders that close for the risk manager and for a stopped bot, by position side.</summary>
    public LaneSlot[] Closing { get; } = [new(), new(), new()];

    /// <summary>Orders of this lane that live, whatever slot they hold or held.</summary>
    public List<TrackedOrder> Live { get; } = [];

    public QuoteTriggers Triggers { get; } = new();

    /// <summary>The difference between plan and orders has to be looked at.</summary>
    public bool IsDirty { get; set; } = true;

    /// <summary>Funding was booked since the bot was last asked.</summary>
    public bool WasFunded { get; set; }

    /// <summary>When the latest fill happened that the strategy was told of, Unix milliseconds.</summary>
    public long LastFill { get; set; }

    /// <summary>How many orders have closed for the risk manager: each has an id of its own.</summary>
    public int Closings { get; set; }

    public int SlotCount => slots.Length;

    /// <summary>Whether only this bot may hold and trade the market's positions: an order that closes can't touch what is another's.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Which of the positions another bot may hold as well.</summary>
    public required (bool Long, bool Short) Shared { get; init; }

    /// <summary>Whether another bot may hold the position of a direction as well: the venue can't tell whose it closes.</summary>
    public bool IsShared(int direction) => direction > 0 ? Shared.Long : Shared.Short;

    public LaneSlot? Slot(int slot) => slots[slot];

    public LaneSlot EnsureSlot(int slot) => slots[slot] ??= new LaneSlot();

    /// <summary>The slot that an order of this lane holds.</summary>
    public LaneSlot SlotOf(TrackedOrder order) => order.Slot < 0 ? Closing[(int)order.Intent.PositionSide + 1] : EnsureSlot(order.Slot);

    /// <summary>A fresh strategy begins: empty plan, empty slots.</summary>
    public void Begin(IStrategy strategy)
    {
        Plan = new OrderPlan(strategy.SlotCount(Index));
        View = new StrategyLane(Market.Units, Plan) { Rules = Market.Rules };
        slots = new LaneSlot?[Plan.SlotCount];
        columns = null;
        hasColumns = true;
        preparedFor = -1;
        IsDirty = true;
        WasFunded = false;
        LastFill = 0;
    }

    /// <summary>The columns over all candles so far, made anew where there are more than last time; null for a strategy that follows none.</summary>
    public LaneColumns? Columns(IStrategy strategy)
    {
        if (hasColumns && preparedFor != Market.Candles.Count && Market.Candles.Count > 0)
        {
            columns = strategy.Prepare(Index, Market.Candles.Series(), Market.Units);
            hasColumns = columns is not null;
            preparedFor = Market.Candles.Count;
        }

        return columns;
    }

    /// <summary>What a price column says at the latest candle, in price units; 0 for no order.</summary>
    public int ColumnPrice(int column) => columns is { } known && preparedFor > 0 ? known.Prices[column][preparedFor - 1] : 0;

    /// <summary>What a strategy is shown, from the bot's own ledger.</summary>
    public void Show()
    {
        var result = Book.Result(Market.Index);
        View.Rules = Market.Rules;
        View.Candle = Math.Max(0, Market.Candles.Count - 1);
        View.Close = Market.Candles.Count > 0 ? Market.Candles.LastClose : Market.Units.NearestPrice(Market.Price);
        View.IsCloseOld = Market.Candles.EndTime < LastFill;
        View.LongPosition = Market.Units.FromQuantity(Book.Held(Market.Index, 1));
        View.ShortPosition = Market.Units.FromQuantity(Book.Held(Market.Index, -1));
        View.ProfitBase = Core.Numerics.Money.FromDecimal(result.Realized + result.Fees + result.Funding - Book.SignedCost(Market.Index)).Units;
        Plan.ClearWakes();
    }

    /// <summary>The order filled whole: it and the others of its group leave the plan.</summary>
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
}
