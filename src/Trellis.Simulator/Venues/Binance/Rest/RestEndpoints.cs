using System.Collections.Frozen;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Limits;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Rest;

/// <summary>Every method and path that is answered, with what it weighs (Binance, one page per endpoint).</summary>
internal static class RestEndpoints
{
    private static readonly OrderCost OneOrder = new(1, 1);
    private static readonly OrderCost Batch = new(5, 1);

    public static FrozenDictionary<(string Method, string Path), Endpoint> All { get; } = Market()
        .Concat(Orders())
        .Concat(Accounts())
        .ToFrozenDictionary(entry => (entry.Method, entry.Path), entry => entry.Endpoint);

    private static IEnumerable<(string Method, string Path, Endpoint Endpoint)> Market()
    {
        yield return Open("/fapi/v1/ping", 1, ServerEndpoints.Ping);
        yield return Open("/fapi/v1/time", 1, ServerEndpoints.Time);
        yield return Open("/fapi/v1/exchangeInfo", 1, ServerEndpoints.ExchangeInfo);
        yield return Open("/fapi/v1/depth", BookEndpoints.DepthWeight, BookEndpoints.Depth);
        yield return Open("/fapi/v1/trades", 5, BookEndpoints.Trades);
        yield return ("GET", "/fapi/v1/historicalTrades", new Endpoint(Access.Key, Always(20), BookEndpoints.HistoricalTrades));
        yield return Open("/fapi/v1/aggTrades", 20, BookEndpoints.AggregateTrades);
        yield return Open("/fapi/v1/klines", KlineEndpoints.Weight, KlineEndpoints.Klines);
        yield return Open("/fapi/v1/continuousKlines", KlineEndpoints.Weight, KlineEndpoints.ContinuousKlines);
        yield return Open("/fapi/v1/markPriceKlines", KlineEndpoints.Weight, KlineEndpoints.MarkPriceKlines);
        yield return Open("/fapi/v1/indexPriceKlines", KlineEndpoints.Weight, KlineEndpoints.IndexPriceKlines);
        yield return Open("/fapi/v1/premiumIndex", TickerEndpoints.Weight(1, 10), FundingEndpoints.PremiumIndex);
        yield return ("GET", "/fapi/v1/fundingRate", new Endpoint(Access.Open, Always(0), FundingEndpoints.FundingRates) { IsFunding = true });
        yield return ("GET", "/fapi/v1/fundingInfo", new Endpoint(Access.Open, Always(0), FundingEndpoints.FundingInfo) { IsFunding = true });
        yield return Open("/fapi/v1/ticker/24hr", TickerEndpoints.Weight(1, 40), TickerEndpoints.Day);
        yield return Open("/fapi/v1/ticker/price", TickerEndpoints.Weight(1, 2), TickerEndpoints.Price);
        yield return Open("/fapi/v2/ticker/price", TickerEndpoints.Weight(1, 2), TickerEndpoints.Price);
        yield return Open("/fapi/v1/ticker/bookTicker", TickerEndpoints.Weight(2, 5), TickerEndpoints.Book);
        yield return Open("/fapi/v1/openInterest", 1, TickerEndpoints.OpenInterest);
    }

    private static IEnumerable<(string Method, string Path, Endpoint Endpoint)> Orders()
    {
        yield return ("POST", "/fapi/v1/order", Trade(0, OrderEndpoints.Place) with { Orders = OneOrder });
        yield return ("PUT", "/fapi/v1/order", Trade(1, OrderEndpoints.Amend) with { Orders = OneOrder });
        yield return ("DELETE", "/fapi/v1/order", Cancel(1, OrderEndpoints.Cancel));
        yield return Signed("/fapi/v1/order", 1, OrderEndpoints.Query);
        yield return ("POST", "/fapi/v1/order/test", Trade(0, OrderEndpoints.Test) with { IsOrder = false });
        yield return ("POST", "/fapi/v1/batchOrders", Trade(5, BatchEndpoints.Place) with { Orders = Batch });
        yield return ("PUT", "/fapi/v1/batchOrders", Trade(5, BatchEndpoints.Amend) with { Orders = Batch });
        yield return ("DELETE", "/fapi/v1/batchOrders", Cancel(1, BatchEndpoints.Cancel));
        yield return ("DELETE", "/fapi/v1/allOpenOrders", Cancel(1, OrderEndpoints.CancelAll));
        yield return ("POST", "/fapi/v1/countdownCancelAll", Cancel(10, OrderEndpoints.Countdown));
        yield return Signed("/fapi/v1/openOrders", TickerEndpoints.Weight(1, 40), HistoryEndpoints.OpenOrders);
        yield return Signed("/fapi/v1/openOrder", 1, OrderEndpoints.QueryOpen);
        yield return Signed("/fapi/v1/allOrders", 5, HistoryEndpoints.AllOrders);
        yield return Signed("/fapi/v1/userTrades", 5, HistoryEndpoints.UserTrades);
        yield return Signed("/fapi/v1/orderAmendment", 1, HistoryEndpoints.Amendments);
        yield return Signed("/fapi/v1/forceOrders", TickerEndpoints.Weight(20, 50), HistoryEndpoints.ForceOrders);
        yield return ("POST", "/fapi/v1/algoOrder", Trade(0, AlgoEndpoints.Place) with { Orders = OneOrder });
        yield return ("DELETE", "/fapi/v1/algoOrder", Cancel(1, AlgoEndpoints.Cancel));
        yield return Signed("/fapi/v1/algoOrder", 1, AlgoEndpoints.Query);
        yield return ("DELETE", "/fapi/v1/algoOpenOrders", Cancel(1, AlgoEndpoints.CancelAll));
        yield return Signed("/fapi/v1/openAlgoOrders", TickerEndpoints.Weight(1, 40), AlgoEndpoints.ListOpen);
        yield return Signed("/fapi/v1/allAlgoOrders", 5, AlgoEndpoints.ListAll);
    }

    private static IEnumerable<(string Method, string Path, Endpoint Endpoint)> Accounts()
    {
        yield return Signed("/fapi/v2/balance", 5, AccountEndpoints.Balance);
        yield return Signed("/fapi/v3/balance", 5, AccountEndpoints.Balance);
        yield return Signed("/fapi/v2/account", 5, AccountEndpoints.AccountV2);
        yield return Signed("/fapi/v3/account", 5, AccountEndpoints.AccountV3);
        yield return Signed("/fapi/v2/positionRisk", 5, AccountEndpoints.PositionsV2);
        yield return Signed("/fapi/v3/positionRisk", 5, AccountEndpoints.PositionsV3);
        yield return Signed("/fapi/v1/accountConfig", 5, AccountEndpoints.Configuration);
        yield return Signed("/fapi/v1/symbolConfig", 5, SettingEndpoints.SymbolConfiguration);
        yield return ("POST", "/fapi/v1/leverage", Setting(1, SettingEndpoints.SetLeverage));
        yield return ("POST", "/fapi/v1/marginType", Setting(1, SettingEndpoints.SetMarginType));
        yield return ("POST", "/fapi/v1/positionMargin", Setting(1, SettingEndpoints.AddPositionMargin));
        yield return Signed("/fapi/v1/positionSide/dual", 30, SettingEndpoints.PositionMode);
        yield return ("POST", "/fapi/v1/positionSide/dual", Setting(1, SettingEndpoints.SetPositionMode));
        yield return Signed("/fapi/v1/multiAssetsMargin", 30, SettingEndpoints.AssetMode);
        yield return ("POST", "/fapi/v1/multiAssetsMargin", Setting(1, SettingEndpoints.SetAssetMode));
        yield return Signed("/fapi/v1/feeBurn", 30, SettingEndpoints.FeeBurn);
        yield return ("POST", "/fapi/v1/feeBurn", Setting(1, SettingEndpoints.SetFeeBurn));
        yield return Signed("/fapi/v1/commissionRate", 20, SettingEndpoints.CommissionRate);
        yield return Signed("/fapi/v1/income", 30, HistoryEndpoints.Income);
        yield return Signed("/fapi/v1/leverageBracket", 1, SettingEndpoints.LeverageBracket);
        yield return Signed("/fapi/v1/rateLimit/order", 1, AccountEndpoints.OrderLimits);
        yield return Signed("/fapi/v1/adlQuantile", 5, AccountEndpoints.AdlQuantiles);
        yield return Signed("/fapi/v1/apiTradingStatus", TickerEndpoints.Weight(1, 10), AccountEndpoints.TradingStatus);
        yield return ("POST", "/fapi/v1/listenKey", new Endpoint(Access.Key, Always(1), UserStreamEndpoints.Create));
        yield return ("PUT", "/fapi/v1/listenKey", new Endpoint(Access.Key, Always(1), UserStreamEndpoints.KeepAlive));
        yield return ("DELETE", "/fapi/v1/listenKey", new Endpoint(Access.Key, Always(1), UserStreamEndpoints.Close));
        yield return Signed("/sapi/v1/account/apiRestrictions", 1, UserStreamEndpoints.KeyRights);
    }

    private static (string, string, Endpoint) Open(string path, int weight, Func<BinanceCall, ValueTask> handle) => Open(path, Always(weight), handle);

    private static (string, string, Endpoint) Open(string path, Func<Parameters, int> weight, Func<BinanceCall, ValueTask> handle) =>
        ("GET", path, new Endpoint(Access.Open, weight, handle));

    private static (string, string, Endpoint) Signed(string path, int weight, Func<BinanceCall, ValueTask> handle) => Signed(path, Always(weight), handle);

    private static (string, string, Endpoint) Signed(string path, Func<Parameters, int> weight, Func<BinanceCall, ValueTask> handle) =>
        ("GET", path, new Endpoint(Access.Signed, weight, handle));

    private static Endpoint Trade(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Trade, Always(weight), handle) { IsOrder = true };

    private static Endpoint Cancel(int weight, Func<BinanceCall, ValueTask> handle) => Trade(weight, handle) with { OnlyCancels = true };

    private static Endpoint Setting(int weight, Func<BinanceCall, ValueTask> handle) => new(Access.Trade, Always(weight), handle);

    private static Func<Parameters, int> Always(int weight) => _ => weight;
}
