using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Orders;

/// <summary>Takes new orders: all checks first, so that a refusal changes nothing; then the order is placed, trades, and rests or ends.</summary>
internal sealed class OrderDesk(Floor floor, OrderRegister register, Matcher matcher)
{
    /// <param name="conditionalId">The conditional order that it comes from; 0 for none.</param>
    /// <param name="placed">Called with the order's id right after it was told.</param>
    public Outcome<Order> Place(MarginAccount account, OrderRequest request, long conditionalId = 0, Action<long>? placed = null)
    {
        if (Check(account, request, conditionalId != 0, out var market, out var price, out var quantity) is { } refusal)
        {
            return refusal;
        }

        var holding = account.On(market);
        var slot = Holding.SlotOf(request.PositionSide);
        var reduces = Reduces(account, request);
        if (CheckReducing(holding, slot, account, request, ref quantity) is { } notReducing)
        {
            return notReducing;
        }

        var marginPrice = MarginDesk.MarginPrice(market, request.Side, request.Type == OrderType.Market ? market.MarkPrice : price);
        if (CheckMarket(market, account, request, price, quantity) is { } unmarketable)
        {
            return unmarketable;
        }

        if (!account.IsHouse && !reduces && CheckMargin(account, holding, request, price, quantity, ref marginPrice) is { } tooLittle)
        {
            return tooLittle;
        }

        var id = ++floor.Sequences.Order;
        var order = new LiveOrder
        {
            Account = account,
            Market = market,
            Request = Complete(account, request, id, market.Units.ToQuantity(quantity)),
            Id = id,
            Side = request.Side,
            Price = price,
            Quantity = quantity,
            Priority = ++floor.Sequences.Priority,
            Reduces = reduces,
            MarginPrice = marginPrice,
            ConditionalId = conditionalId,
            CreatedAt = floor.Time,
            UpdatedAt = floor.Time,
        };
        register.Add(order);
        placed?.Invoke(id);
        Run(order);
        return order.Snapshot();
    }

    /// <summary>Lets an order take what it can; what is left rests or ends.</summary>
    public void Run(LiveOrder order)
    {
        if (floor.Settings.FillRule == FillRule.Candle)
        {
            order.TakesAtOpen = order.IsMarket || LiesBeyond(order.Side, order.Price, order.Market.LastPrice) || EndsAtOnce(order.Request);
            return;
        }

        matcher.Take(order);
        if (!order.IsOpen)
        {
            return;
        }

        if (EndsAtOnce(order.Request))
        {
            register.End(order, OrderStatus.Expired, OrderEnd.NotFilledAtOnce);
        }
        else
        {
            order.Market.Book.Add(order);
        }
    }

    /// <summary>Whether an order only ever makes its position smaller.</summary>
    public static bool Reduces(MarginAccount account, OrderRequest request) =>
        request.ReduceOnly || request.ClosePosition || (account.Hedge && (int)request.PositionSide != request.Side.Sign());

    /// <summary>The rule of candles: whether a limit lies beyond the last close (docs/backtest.md, section 4).</summary>
    public static bool LiesBeyond(Side side, int price, int market) => side == Side.Buy ? price > market : price < market;

    /// <summary>Checks that a conditional order passes as well when it is set: instrument, mode, flags, prices and quantity.</summary>
    public static Refusal? CheckForm(Floor floor, MarginAccount account, OrderRequest request, out Market market, out int price, out long quantity)
    {
        (market, price, quantity) = (null!, 0, 0);
        if ((uint)request.Instrument >= (uint)floor.Markets.Length)
        {
            return new Refusal(RefusalReason.UnknownInstrument, $"instrument {request.Instrument}; there are {floor.Markets.Length}, counted from 0");
        }

        market = floor.Markets[request.Instrument];
        if (market.IsHalted && !account.IsHouse)
        {
            return new Refusal(RefusalReason.TradingHalted, $"{market.Definition.Instrument.Id} is halted");
        }

        if (account.Hedge != (request.PositionSide != PositionSide.Net))
        {
            return new Refusal(
                RefusalReason.PositionSideMismatch,
                account.Hedge ? "hedge mode: an order names the long or the short position" : $"one-way mode: an order can't name the {request.PositionSide} position");
        }

        if (account.Hedge && request.ReduceOnly)
        {
            return new Refusal(RefusalReason.ReduceOnlyInHedgeMode, "hedge mode: which orders reduce follows from side and position side; reduce-only is not allowed");
        }

        var isMarket = request.Type == OrderType.Market;
        price = request.Side == Side.Buy ? int.MaxValue : 0;
        if (!isMarket && OrderFilters.CheckPrice(market, request.Side, request.Price, out price) is { } badPrice)
        {
            return badPrice;
        }

        var judgedAt = isMarket ? market.Units.ToPrice(market.MarkPrice) : request.Price;
        return request.ClosePosition
            ? null
            : OrderFilters.CheckQuantity(market, request.Quantity, isMarket, Reduces(account, request), judgedAt, out quantity);
    }

    private Refusal? Check(MarginAccount account, OrderRequest request, bool isTriggered, out Market market, out int price, out long quantity)
    {
        if (CheckForm(floor, account, request, out market, out price, out quantity) is { } refusal)
        {
            return refusal;
        }

        var holding = account.On(market);
        if (request.ClientOrderId.Length > 0 && account.OpenByClientId.ContainsKey(request.ClientOrderId))
        {
            return new Refusal(RefusalReason.DuplicateClientOrderId, $"an open order has the client order id {request.ClientOrderId}");
        }

        if (!account.IsHouse && !EndsAtOnce(request) && holding.OpenOrders >= market.Definition.MaxOpenOrders)
        {
            return new Refusal(RefusalReason.TooManyOpenOrders, $"{holding.OpenOrders} orders are open; the most are {market.Definition.MaxOpenOrders}");
        }

        // A triggered order was early enough when it was set.
        return CheckDate(floor, request, isTriggered ? 0 : market.Definition.MinOrderLife);
    }

    /// <summary>A good-till-date order must live longer than this from now, milliseconds.</summary>
    public static Refusal? CheckDate(Floor floor, OrderRequest request, long life) => request.TimeInForce == TimeInForce.GoodTillDate && request.ExpiresAt <= floor.Time + life
        ? new Refusal(RefusalReason.ExpiryTooEarly, $"date {request.ExpiresAt}; it must be after {floor.Time + life}, {life / 1000} s from now")
        : null;

    /// <summary>A reducing order needs a position against it and is cut to it; in hedge mode a larger one is refused.</summary>
    private Refusal? CheckReducing(Holding holding, int slot, MarginAccount account, OrderRequest request, ref long quantity)
    {
        if (!Reduces(account, request) || floor.Settings.FillRule == FillRule.Candle)
        {
            return null;
        }

        var closable = holding.Closable(slot, request.Side);
        if (closable == 0 || (account.Hedge && quantity > closable))
        {
            return new Refusal(RefusalReason.ReduceOnlyRefused, $"the order may only reduce, and {holding.Market.Units.ToQuantity(closable)} can be closed by a {request.Side}");
        }

        quantity = request.ClosePosition ? closable : Math.Min(quantity, closable);
        return null;
    }

    private Refusal? CheckMarket(Market market, MarginAccount account, OrderRequest request, int price, long quantity)
    {
        if (floor.Settings.FillRule == FillRule.Candle)
        {
            return request.TimeInForce == TimeInForce.PostOnly && LiesBeyond(request.Side, price, market.LastPrice) ? WouldTake(market, request) : null;
        }

        if (request.TimeInForce == TimeInForce.PostOnly && market.Book.WouldTake(request.Side, price))
        {
            return WouldTake(market, request);
        }

        if (request.Type == OrderType.Market && market.Book.Against(request.Side).Best is null)
        {
            return new Refusal(RefusalReason.NoLiquidity, $"nobody stands on the other side of the book of {market.Definition.Instrument.Id}");
        }

        if (request.TimeInForce == TimeInForce.FillOrKill && Sweep.Of(market, account, request, price, quantity).Quantity < quantity)
        {
            return new Refusal(RefusalReason.FillOrKillNotFilled, $"the book can't fill {request.Quantity} at {request.Price} at once");
        }

        return null;
    }

    private Refusal? CheckMargin(MarginAccount account, Holding holding, OrderRequest request, int price, long quantity, ref int marginPrice)
    {
        if (floor.Settings.FillRule == FillRule.Candle)
        {
            return null;
        }

        var market = holding.Market;
        var takes = request.Type == OrderType.Market || market.Book.WouldTake(request.Side, price);
        var notional = market.Notional(marginPrice, quantity);
        Int128 loss;
        if (request.Type == OrderType.Market)
        {
            var sweep = Sweep.Of(market, account, request, price, quantity);
            quantity = Math.Max(1, sweep.Quantity);
            marginPrice = Math.Max(market.MarkPrice, sweep.MeanPriceUp);
            notional = market.Notional(marginPrice, quantity);
            loss = MarginDesk.OpenLoss(market, request.Side, sweep.Notional, sweep.Quantity);
        }
        else
        {
            loss = MarginDesk.OpenLoss(market, request.Side, market.Notional(price, quantity), quantity);
        }

        var fee = (takes ? market.TakerFee : market.MakerFee).Of(notional);
        return MarginDesk.Refuse(account, holding, Holding.SlotOf(request.PositionSide), request.Side, notional, loss, fee);
    }

    private static Refusal WouldTake(Market market, OrderRequest request) =>
        new(RefusalReason.PostOnlyWouldTake, $"a post-only {request.Side} at {request.Price} would trade at once on {market.Definition.Instrument.Id}");

    public static bool EndsAtOnce(OrderRequest request) =>
        request.Type == OrderType.Market || request.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    /// <summary>The request as its owner will see it: with the quantity that stands, and a client order id.</summary>
    public static OrderRequest Complete(MarginAccount account, OrderRequest request, long id, decimal quantity)
    {
        var clientOrderId = request.ClientOrderId;
        if (clientOrderId.Length > 0 && request.Quantity == quantity)
        {
            return request;
        }

        for (var i = 0; clientOrderId.Length == 0 || (request.ClientOrderId.Length == 0 && account.OpenByClientId.ContainsKey(clientOrderId)); i++)
        {
            clientOrderId = i == 0 ? $"exchange-{id}" : $"exchange-{id}-{i}";
        }

        return request with { ClientOrderId = clientOrderId, Quantity = quantity };
    }
}
