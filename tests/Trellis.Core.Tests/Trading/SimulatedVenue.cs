using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>
/// An exchange in one page: limits rest and fill at their price when the quote crosses them, market orders take the quote, triggers become market
/// orders. What happens is appended to <see cref="News"/>, as a user stream would tell it: the fill before the order.
/// </summary>
internal sealed class SimulatedVenue(IReadOnlyList<TradingMarket> markets, decimal wallet, bool hedgeMode = false)
{
    private readonly Dictionary<(int Market, PositionSide Side), LedgerPosition> positions = [];
    private readonly List<Resting> orders = [];
    private readonly List<VenueFill> fills = [];
    private readonly List<VenueIncome> income = [];
    private readonly (decimal Bid, decimal Ask)[] quotes = new (decimal, decimal)[markets.Count];
    private long ids = 1_000;

    public long Time { get; set; } = Some.Start;

    /// <summary>How far the time of its market is ahead of the time of its servers.</summary>
    public long Ahead { get; set; }

    public List<object> News { get; } = [];

    public decimal Wallet { get; private set; } = wallet;

    public IReadOnlyList<VenueFill> Fills => fills;

    /// <summary>The largest part of an order that fills at once; the rest follows at the next quote.</summary>
    public decimal LargestFill { get; set; } = decimal.MaxValue;

    /// <summary>Refuses orders; null for none.</summary>
    public Func<OrderIntent, RefusalKind?> Refuse { get; set; } = _ => null;

    public IEnumerable<VenueOrder> OpenOrders => orders.Where(order => order.IsOpen).Select(order => order.Tell());

    public IEnumerable<VenueOrder> AllOrders => orders.Select(order => order.Tell());

    public decimal Position(int market, PositionSide side = PositionSide.Net) => positions.GetValueOrDefault((market, side)).Size;

    public decimal Equity => Wallet + positions.Sum(entry => entry.Value.Unrealized(Mark(entry.Key.Market), 1m));

    public void Quote(int market, decimal bid, decimal ask)
    {
        quotes[market] = (bid, ask);
        foreach (var order in orders.Where(order => order.IsOpen && order.Intent.Market == market).ToList())
        {
            Trade(order);
        }
    }

    public PlaceAnswer Place(OrderIntent intent)
    {
        if (orders.Any(order => order.IsOpen && order.Intent.ClientOrderId == intent.ClientOrderId))
        {
            return Refusal(RefusalKind.DuplicateClientOrderId);
        }

        if ((Refuse(intent) ?? RefusalOf(intent)) is { } refusal)
        {
            return Refusal(refusal);
        }

        var order = new Resting(markets[intent.Market].Instrument.Id, intent, NextId(), Time);
        orders.Add(order);
        News.Add(order.Tell());
        Trade(order);
        return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, order.Tell(), "");
    }

    public PlaceAnswer Cancel(string clientOrderId)
    {
        if (Find(clientOrderId) is not { IsOpen: true } order)
        {
            return Refusal(RefusalKind.UnknownOrder);
        }

        End(order, VenueOrderStatus.Canceled);
        return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, order.Tell(), "");
    }

    public VenueOrder? Query(string clientOrderId) => Find(clientOrderId)?.Tell();

    /// <summary>The exchange ends an order by itself.</summary>
    public void Expire(string clientOrderId) => End(Find(clientOrderId)!, VenueOrderStatus.Expired);

    public void Pay(VenueIncomeKind kind, decimal amount, int? market)
    {
        var entry = new VenueIncome(NextId(), kind, market is { } index ? markets[index].Instrument.Id : null, "USDT", amount, Time + Ahead);
        Wallet += amount;
        income.Add(entry);
        News.Add(entry);
    }

    /// <summary>Money moves and nothing tells of it.</summary>
    public void Lose(decimal amount) => Wallet -= amount;

    /// <summary>A person trades by hand.</summary>
    public void TradeByHand(int market, Side side, decimal quantity, PositionSide positionSide = PositionSide.Net)
    {
        var order = new Resting(
            markets[market].Instrument.Id,
            new OrderIntent { Market = market, Bot = 0, ClientOrderId = $"web_{NextId()}", Side = side, Kind = OrderKind.Market, Quantity = quantity, PositionSide = positionSide },
            NextId(),
            Time);
        orders.Add(order);
        News.Add(order.Tell());
        var largest = LargestFill;
        LargestFill = decimal.MaxValue;
        Trade(order);
        LargestFill = largest;
    }

    public void RestByHand(int market, Side side, decimal price, decimal quantity)
    {
        var intent = new OrderIntent { Market = market, Bot = 0, ClientOrderId = $"web_{NextId()}", Side = side, Kind = OrderKind.Limit, Price = price, Quantity = quantity };
        orders.Add(new Resting(markets[market].Instrument.Id, intent, NextId(), Time));
    }

    public VenueSnapshot Snapshot(Reconcile question) => new()
    {
        StartedAt = Time,
        FinishedAt = Time,
        HedgeMode = hedgeMode,
        OpenOrders = [.. OpenOrders],
        AskedOrders = [.. question.ClientOrderIds.Select(asked => Query(asked.ClientOrderId)).OfType<VenueOrder>()],
        NotFound = [.. question.ClientOrderIds.Where(asked => Find(asked.ClientOrderId) is null).Select(asked => asked.ClientOrderId)],
        Fills = [.. fills.Where(fill => fill.Time >= question.Since || IsMissing(fill, question)).Select(fill => fill with { ClientOrderId = "" })],
        Income = [.. income.Where(entry => entry.Time >= question.Since)],
        Positions =
        [
            .. positions.Where(entry => entry.Value.Size != 0).Select(entry => new VenuePosition(
                markets[entry.Key.Market].Instrument.Id, entry.Key.Side, entry.Value.Size, entry.Value.Cost / Math.Abs(entry.Value.Size), Mark(entry.Key.Market),
                decimal.Round(entry.Value.Unrealized(Mark(entry.Key.Market), 1m), 8), 0m, 1)),
        ],
        Balances = [new VenueBalance("USDT", decimal.Round(Wallet, 8), Wallet)],
    };

    /// <summary>Whether it is a fill of an order that has executed more than whoever asks knows of.</summary>
    private bool IsMissing(VenueFill fill, Reconcile question) =>
        question.ClientOrderIds.Any(asked => asked.ClientOrderId == fill.ClientOrderId && asked.Booked < Find(asked.ClientOrderId)!.Executed);

    private static PlaceAnswer Refusal(RefusalKind kind) => new(AnswerKind.Refused, kind, null, kind.ToString());

    private decimal Mark(int market) => (quotes[market].Bid + quotes[market].Ask) / 2m;

    private string NextId() => (++ids).ToString();

    private Resting? Find(string clientOrderId) => orders.LastOrDefault(order => order.Intent.ClientOrderId == clientOrderId);

    private RefusalKind? RefusalOf(OrderIntent intent)
    {
        var (bid, ask) = quotes[intent.Market];
        if (intent is { PostOnly: true, Side: Side.Buy } ? intent.Price >= ask : intent.PostOnly && intent.Price <= bid)
        {
            return RefusalKind.WouldTake;
        }

        if (intent.TriggerPrice > 0 && IsTriggered(intent))
        {
            return RefusalKind.WouldTriggerAtOnce;
        }

        return Closes(intent) && Closable(intent) == 0 ? RefusalKind.NothingToReduce : null;
    }

    private bool IsTriggered(OrderIntent intent) =>
        intent.Kind == OrderKind.TriggerAtOrBelow ? Mark(intent.Market) <= intent.TriggerPrice : Mark(intent.Market) >= intent.TriggerPrice;

    private static bool Closes(OrderIntent intent) => intent.ReduceOnly || intent.ClosePosition || (int)intent.PositionSide == -intent.Side.Sign();

    private decimal Closable(OrderIntent intent)
    {
        var size = Position(intent.Market, intent.PositionSide);
        return size * intent.Side.Sign() < 0 ? Math.Abs(size) : 0m;
    }

    private void Trade(Resting order)
    {
        var intent = order.Intent;
        var (bid, ask) = quotes[intent.Market];
        if (ask == 0)
        {
            return;
        }

        if (intent.TriggerPrice > 0 && !order.HasTriggered)
        {
            if (!IsTriggered(intent))
            {
                return;
            }

            order.HasTriggered = true;
            order.TriggeredOrderId = NextId();
        }

        var touch = intent.Side == Side.Buy ? ask : bid;
        var isLimit = intent.Kind == OrderKind.Limit;
        if (isLimit && (intent.Price - touch) * intent.Side.Sign() < 0)
        {
            order.HasRested = true;
            return;
        }

        var left = intent.ClosePosition ? Closable(intent) : intent.Quantity - order.Executed;
        left = Closes(intent) ? Math.Min(left, Closable(intent)) : left;
        var quantity = Math.Min(left, LargestFill);
        if (quantity <= 0)
        {
            End(order, VenueOrderStatus.Expired);
            return;
        }

        Fill(order, quantity, isLimit && order.HasRested ? intent.Price : touch, isMaker: isLimit && order.HasRested);
    }

    private void Fill(Resting order, decimal quantity, decimal price, bool isMaker)
    {
        var intent = order.Intent;
        order.Executed += quantity;
        order.UpdatedAt = Time + Ahead;
        var fee = decimal.Round(price * quantity * (isMaker ? 0.0002m : 0.0005m), 8);
        var key = (intent.Market, intent.PositionSide);
        var change = positions.GetValueOrDefault(key).Apply(intent.Side, quantity, price, 1m);
        positions[key] = change.After;
        Wallet += change.Realized - fee;
        var fill = new VenueFill
        {
            Instrument = order.Instrument,
            TradeId = NextId(),
            VenueOrderId = order.TriggeredOrderId.Length > 0 ? order.TriggeredOrderId : order.VenueOrderId,
            ClientOrderId = intent.ClientOrderId,
            Side = intent.Side,
            PositionSide = intent.PositionSide,
            Price = price,
            Quantity = quantity,
            Fee = fee,
            FeeCurrency = "USDT",
            IsMaker = isMaker,
            Time = Time + Ahead,
        };
        fills.Add(fill);
        News.Add(fill);
        var isWhole = intent.ClosePosition ? Closable(intent) == 0 : order.Executed >= intent.Quantity;
        order.Status = isWhole ? VenueOrderStatus.Filled : VenueOrderStatus.PartiallyFilled;
        News.Add(order.Tell());
        if (!isWhole && LargestFill == decimal.MaxValue)
        {
            End(order, VenueOrderStatus.Expired);
        }
    }

    private void End(Resting order, VenueOrderStatus status)
    {
        order.Status = status;
        order.UpdatedAt = Time + Ahead;
        News.Add(order.Tell());
    }

    private sealed class Resting(InstrumentId instrument, OrderIntent intent, string venueOrderId, long time)
    {
        public InstrumentId Instrument { get; } = instrument;

        public OrderIntent Intent { get; } = intent;

        public string VenueOrderId { get; } = venueOrderId;

        public VenueOrderStatus Status { get; set; } = intent.TriggerPrice > 0 ? VenueOrderStatus.Untriggered : VenueOrderStatus.Open;

        public decimal Executed { get; set; }

        public bool HasTriggered { get; set; }

        /// <summary>Not filled when it came: a maker from then on.</summary>
        public bool HasRested { get; set; }

        public string TriggeredOrderId { get; set; } = "";

        public long UpdatedAt { get; set; } = time;

        public bool IsOpen => Status <= VenueOrderStatus.PartiallyFilled;

        public VenueOrder Tell() => new()
        {
            Instrument = Instrument,
            ClientOrderId = Intent.ClientOrderId,
            VenueOrderId = VenueOrderId,
            Side = Intent.Side,
            PositionSide = Intent.PositionSide,
            Status = Status,
            IsConditional = Intent.TriggerPrice > 0,
            TriggeredOrderId = TriggeredOrderId,
            Price = Intent.Price,
            TriggerPrice = Intent.TriggerPrice,
            Quantity = Intent.Quantity,
            ExecutedQuantity = Executed,
            ReduceOnly = Intent.ReduceOnly,
            UpdatedAt = UpdatedAt,
        };
    }
}
