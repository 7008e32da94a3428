using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Placing, amending and cancelling one order, alone or as part of a batch.</summary>
internal static class OrderActions
{
    /// <summary>Places an order. With an acknowledgement only, it is told as it was before it met the book.</summary>
    /// <exception cref="RequestRefusedException">Whatever is wrong with it.</exception>
    public static async ValueTask<(BinanceSymbol Symbol, Order Order)> PlaceAsync(BinanceCall call, Parameters parameters)
    {
        var symbol = Symbol(call, parameters);
        var request = OrderReader.Read(call.Services, symbol, parameters);
        var acknowledge = OrderReader.WantsAcknowledgementOnly(parameters);
        RefuseFlagInHedgeMode(call, parameters);
        if (request.Type == OrderType.Market)
        {
            RefuseOutsideOfBand(call, request);
        }

        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<Order>(time => new PlaceOrder(time, account, request));
        var order = Value(call, symbol, outcome, RefusedAction.Place, request.Type == OrderType.Market);
        return (symbol, acknowledge ? BeforeMatching(order) : order);
    }

    public static async ValueTask<(BinanceSymbol Symbol, Order Order)> AmendAsync(BinanceCall call, Parameters parameters)
    {
        var symbol = Symbol(call, parameters);
        var reference = Reference(symbol, parameters);
        var side = OrderReader.ReadSide(parameters);
        var quantity = OrderReader.ReadQuantity(symbol, parameters.RequiredDecimal("quantity"));
        OrderReader.RefuseUnsupported(parameters);
        var price = OrderReader.ReadPrice(symbol, parameters.RequiredDecimal("price"));
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<Order>(time => new AmendOrder(time, account, reference, side, price, quantity));
        return (symbol, Value(call, symbol, outcome, RefusedAction.Amend, isMarket: false));
    }

    public static ValueTask<(BinanceSymbol Symbol, Order Order)> CancelAsync(BinanceCall call, Parameters parameters)
    {
        var symbol = Symbol(call, parameters);
        return CancelAsync(call, symbol, Reference(symbol, parameters));
    }

    public static async ValueTask<(BinanceSymbol Symbol, Order Order)> CancelAsync(BinanceCall call, BinanceSymbol symbol, OrderReference reference)
    {
        var account = call.Account;
        var outcome = await call.Services.Exchange.ExecuteAsync<Order>(time => new CancelOrder(time, account, reference));
        return (symbol, Value(call, symbol, outcome, RefusedAction.Cancel, isMarket: false));
    }

    /// <summary>The order that orderId or, where there is none, origClientOrderId names.</summary>
    public static OrderReference Reference(BinanceSymbol symbol, Parameters parameters)
    {
        if (parameters.OptionalLong("orderId") is { } id)
        {
            // No order has an id below 1, and 0 would stand for the client order id.
            return new OrderReference(symbol.Instrument, id < 1 ? long.MaxValue : id, "");
        }

        return parameters.Optional("origClientOrderId") is { } clientId
            ? new OrderReference(symbol.Instrument, 0, clientId)
            : throw new RequestRefusedException(RequestErrors.OneOf("orderId", "origClientOrderId"));
    }

    /// <summary>The value of a command that succeeded.</summary>
    /// <exception cref="RequestRefusedException">The refusal in Binance's words.</exception>
    public static T Value<T>(BinanceCall call, BinanceSymbol symbol, Outcome<T> outcome, RefusedAction action, bool isMarket)
        where T : class
    {
        if (outcome.Succeeded(out var value, out var refusal))
        {
            return value;
        }

        var minNotional = refusal.Reason == RefusalReason.NotionalBelowMinimum
            ? call.Services.Exchange.Read(engine => ServerEndpoints.RulesNow(engine, engine.Instruments[symbol.Instrument]).MinNotional)
            : 0m;
        throw new RequestRefusedException(RefusalTable.Translate(refusal, action, minNotional, isMarket));
    }

    public static BinanceSymbol Symbol(BinanceCall call, Parameters parameters) =>
        call.Services.Symbols.TryFind(parameters.Required("symbol"), out var symbol) ? symbol : throw new RequestRefusedException(RequestErrors.InvalidSymbol);

    /// <summary>In hedge mode the parameter reduceOnly may not even be sent as false; where it is true the engine says so.</summary>
    public static void RefuseFlagInHedgeMode(BinanceCall call, Parameters parameters)
    {
        if (parameters.Has("reduceOnly") && !parameters.OptionalFlag("reduceOnly") && call.Services.Exchange.Read(engine => engine.Summarize(call.Account).HedgeMode))
        {
            throw new RequestRefusedException(RequestErrors.NotRequired("reduceonly"));
        }
    }

    /// <summary>A market order must find its counterparty's best price within the band around the mark price.</summary>
    public static void RefuseOutsideOfBand(BinanceCall call, OrderRequest request)
    {
        var isOutside = call.Services.Exchange.Read(engine =>
        {
            if (engine.Levels(request.Instrument, request.Side.Opposite(), 1) is not [var best])
            {
                return false;
            }

            var (instrument, mark) = (engine.Instruments[request.Instrument], engine.MarkPrice(request.Instrument));
            return request.Side == Side.Buy
                ? instrument.PriceBandUp > 0m && best.Price > mark * instrument.PriceBandUp
                : best.Price < mark * instrument.PriceBandDown;
        });
        if (isOutside)
        {
            throw new RequestRefusedException(RequestErrors.OutsideOfBand);
        }
    }

    private static Order BeforeMatching(Order order) => order with
    {
        Status = OrderStatus.New,
        End = OrderEnd.None,
        ExecutedQuantity = 0m,
        ExecutedNotional = 0m,
        AveragePrice = 0m,
        UpdatedAt = order.CreatedAt,
    };
}
