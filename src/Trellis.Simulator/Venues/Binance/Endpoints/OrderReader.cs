using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>
/// Reads an order out of a request. It refuses what Binance refuses before the order reaches the matching engine: parameters that are
/// missing, unknown words, too many decimals, and what does not go together.
/// </summary>
internal static class OrderReader
{
    private const long LatestDate = 253402300799000;
    private const long ShortestDate = 600_000;

    /// <summary>An order of POST /fapi/v1/order.</summary>
    public static OrderRequest Read(BinanceServices services, BinanceSymbol symbol, Parameters parameters)
    {
        var side = ReadSide(parameters);
        var type = parameters.Required("type") switch
        {
            "LIMIT" => OrderType.Limit,
            "MARKET" => OrderType.Market,
            "STOP" or "STOP_MARKET" or "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" or "TRAILING_STOP_MARKET" => throw Refused(RequestErrors.SwitchToAlgo),
            _ => throw Refused(RequestErrors.InvalidOrderType),
        };
        RefuseUnsupported(parameters);
        RefuseParameter(parameters, "stopPrice", "stopprice");
        if (parameters.OptionalFlag("closePosition"))
        {
            throw Refused(RequestErrors.NotRequired("closeposition"));
        }

        return ReadCommon(services, symbol, parameters, side, type) with
        {
            Quantity = ReadQuantity(symbol, parameters.RequiredDecimal("quantity")),
            ClientOrderId = services.ClientOrderIds.CheckOrMake("newClientOrderId", parameters.Optional("newClientOrderId")),
        };
    }

    /// <summary>A conditional order of POST /fapi/v1/algoOrder.</summary>
    public static OrderRequest ReadConditional(BinanceServices services, BinanceSymbol symbol, Parameters parameters)
    {
        if (parameters.Required("algoType") != "CONDITIONAL")
        {
            throw Refused(RequestErrors.Invalid("algoType"));
        }

        var side = ReadSide(parameters);
        var (kind, type) = parameters.Required("type") switch
        {
            "STOP" => (TriggerKind.Stop, OrderType.Limit),
            "STOP_MARKET" => (TriggerKind.Stop, OrderType.Market),
            "TAKE_PROFIT" => (TriggerKind.TakeProfit, OrderType.Limit),
            "TAKE_PROFIT_MARKET" => (TriggerKind.TakeProfit, OrderType.Market),
            "TRAILING_STOP_MARKET" => throw Refused(RequestErrors.NotSimulated("TRAILING_STOP_MARKET is not simulated")),
            _ => throw Refused(RequestErrors.InvalidOrderType),
        };
        RefuseUnsupported(parameters);
        if (parameters.OptionalFlag("priceProtect"))
        {
            throw Refused(RequestErrors.NotSimulated("priceProtect is not simulated"));
        }

        var source = parameters.Optional("workingType") switch
        {
            null or "CONTRACT_PRICE" => TriggerSource.LastPrice,
            "MARK_PRICE" => TriggerSource.MarkPrice,
            _ => throw Refused(RequestErrors.InvalidWorkingType),
        };
        var trigger = new Trigger(kind, ReadPrice(symbol, parameters.RequiredDecimal("triggerPrice")), source);
        var closes = ReadClosePosition(parameters, type);
        return ReadCommon(services, symbol, parameters, side, type) with
        {
            Trigger = trigger,
            ClosePosition = closes,
            Quantity = closes ? 0m : ReadQuantity(symbol, parameters.RequiredDecimal("quantity")),
            ClientOrderId = services.ClientOrderIds.CheckOrMake("clientAlgoId", parameters.Optional("clientAlgoId")),
        };
    }

    public static Side ReadSide(Parameters parameters) => parameters.Required("side") switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw Refused(RequestErrors.InvalidSide),
    };

    /// <summary>A price with no more decimals than the symbol has.</summary>
    public static decimal ReadPrice(BinanceSymbol symbol, decimal price) => CheckDecimals(price, symbol.PricePrecision);

    /// <summary>A quantity with no more decimals than the symbol has.</summary>
    public static decimal ReadQuantity(BinanceSymbol symbol, decimal quantity) => CheckDecimals(quantity, symbol.QuantityPrecision);

    /// <summary>Whether the client only wants to know that the order arrived.</summary>
    public static bool WantsAcknowledgementOnly(Parameters parameters) => parameters.Optional("newOrderRespType") switch
    {
        null or "ACK" => true,
        "RESULT" => false,
        _ => throw Refused(RequestErrors.InvalidResponseType),
    };

    /// <summary>priceMatch is refused but for NONE, which is the default.</summary>
    public static void RefuseUnsupported(Parameters parameters)
    {
        if (parameters.Optional("priceMatch") is not (null or "NONE"))
        {
            throw Refused(RequestErrors.NotSimulated("priceMatch is not simulated"));
        }
    }

    private static OrderRequest ReadCommon(BinanceServices services, BinanceSymbol symbol, Parameters parameters, Side side, OrderType type)
    {
        var isLimit = type == OrderType.Limit;
        var timeInForce = ReadTimeInForce(parameters, isLimit);
        if (!isLimit)
        {
            RefuseParameter(parameters, "price", "price");
        }

        return new OrderRequest
        {
            Instrument = symbol.Instrument,
            Side = side,
            Type = type,
            Price = isLimit ? ReadPrice(symbol, parameters.RequiredDecimal("price")) : 0m,
            TimeInForce = timeInForce,
            ExpiresAt = ReadDate(parameters, timeInForce, services.MarketTime),
            ReduceOnly = parameters.OptionalFlag("reduceOnly"),
            PositionSide = parameters.Optional("positionSide") switch
            {
                null or "BOTH" => PositionSide.Net,
                "LONG" => PositionSide.Long,
                "SHORT" => PositionSide.Short,
                _ => throw Refused(RequestErrors.InvalidPositionSide),
            },
            SelfTradePrevention = parameters.Optional("selfTradePreventionMode") switch
            {
                null or "NONE" => SelfTradePrevention.None,
                "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
                "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
                "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
                _ => throw Refused(RequestErrors.InvalidSelfTradePrevention),
            },
        };
    }

    private static TimeInForce ReadTimeInForce(Parameters parameters, bool isLimit)
    {
        var isConditional = parameters.Has("algoType");
        var text = parameters.Optional("timeInForce");
        if (!isLimit)
        {
            return text is null || isConditional ? TimeInForce.GoodTillCanceled : throw Refused(RequestErrors.NotRequired("timeinforce"));
        }

        return text switch
        {
            null when isConditional => TimeInForce.GoodTillCanceled,
            null => throw Refused(RequestErrors.Mandatory("timeinforce")),
            "GTC" => TimeInForce.GoodTillCanceled,
            "IOC" => TimeInForce.ImmediateOrCancel,
            "FOK" => TimeInForce.FillOrKill,
            "GTX" => TimeInForce.PostOnly,
            "GTD" => TimeInForce.GoodTillDate,
            "RPI" => throw Refused(RequestErrors.NotSimulated("timeInForce RPI is not simulated")),
            _ => throw Refused(RequestErrors.InvalidTimeInForce),
        };
    }

    private static long ReadDate(Parameters parameters, TimeInForce timeInForce, long now)
    {
        if (timeInForce != TimeInForce.GoodTillDate)
        {
            return 0;
        }

        // Only whole seconds count.
        var date = parameters.RequiredLong("goodTillDate") / 1000 * 1000;
        return date > now + ShortestDate && date < LatestDate ? date : throw Refused(RequestErrors.GoodTillDate);
    }

    private static bool ReadClosePosition(Parameters parameters, OrderType type)
    {
        if (!parameters.OptionalFlag("closePosition"))
        {
            return false;
        }

        if (type == OrderType.Limit)
        {
            throw Refused(RequestErrors.NotRequired("closeposition"));
        }

        if (parameters.Has("quantity"))
        {
            throw Refused(RequestErrors.QuantityWithClosePosition);
        }

        return parameters.Has("reduceOnly") ? throw Refused(RequestErrors.NotRequired("reduceonly")) : true;
    }

    private static void RefuseParameter(Parameters parameters, string name, string written)
    {
        if (parameters.Has(name))
        {
            throw Refused(RequestErrors.NotRequired(written));
        }
    }

    private static decimal CheckDecimals(decimal value, int decimals) =>
        decimal.Round(value, decimals) == value ? value : throw Refused(RequestErrors.TooManyDecimals);

    private static RequestRefusedException Refused(BinanceError error) => new(error);
}
