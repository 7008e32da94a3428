namespace Trellis.Simulator.Venues.Binance.Errors;

/// <summary>
/// What Binance answers to requests that never reach the exchange: codes and words of its page "Error Codes"; the parameters' names
/// in lower case as USDⓈ-M writes them where clients have reported so.
/// </summary>
internal static class RequestErrors
{
    public static BinanceError InvalidSymbol { get; } = new(-1121, "Invalid symbol.");

    public static BinanceError InvalidInterval { get; } = new(-1120, "Invalid interval.");

    public static BinanceError InvalidTimeInForce { get; } = new(-1115, "Invalid timeInForce.");

    public static BinanceError InvalidOrderType { get; } = new(-1116, "Invalid orderType.");

    public static BinanceError InvalidSide { get; } = new(-1117, "Invalid side.");

    public static BinanceError InvalidResponseType { get; } = new(-1136, "Invalid newOrderRespType.");

    public static BinanceError InvalidPositionSide { get; } = new(-4060, "Invalid position side.");

    public static BinanceError InvalidWorkingType { get; } = new(-4031, "Invalid parameter working type.");

    public static BinanceError InvalidSelfTradePrevention { get; } = new(-5039, "Invalid self trade prevention mode");

    public static BinanceError TooManyDecimals { get; } = new(-1111, "Precision is over the maximum defined for this asset.");

    public static BinanceError IllegalCharacters { get; } = new(-1100, "Illegal characters found in a parameter.");

    public static BinanceError DuplicateParameter { get; } = new(-1101, "Duplicate values for a parameter detected.");

    public static BinanceError TooManyParameters { get; } = new(-1101, "Too many parameters sent for this endpoint.");

    public static BinanceError BodyTooLarge { get; } = new(413, -1101, "Too many parameters sent for this endpoint.");

    public static BinanceError StartAfterEnd { get; } = new(-1023, "Start time is greater than end time.");

    public static BinanceError WindowTooLong { get; } = new(-4165, "Maximum time interval is 7 days.");

    public static BinanceError KeyFormat { get; } = new(401, -2014, "API-key format invalid.");

    public static BinanceError Signature { get; } = new(-1022, "Signature for this request is not valid.");

    public static BinanceError TimestampTooOld { get; } = new(-1021, "Timestamp for this request is outside of the recvWindow.");

    public static BinanceError TimestampAhead { get; } = new(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    public static BinanceError SwitchToAlgo { get; } =
        new(-4120, "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");

    public static BinanceError ClientOrderIdTooLong { get; } = new(-4015, "Client order id length should not be more than 36 chars");

    public static BinanceError GoodTillDate { get; } = new(
        -5040,
        "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000 (UTC 9999-12-31 23:59:59)");

    public static BinanceError OutsideOfBand { get; } = new(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit");

    public static BinanceError QuantityWithClosePosition { get; } = new(-4137, "Quantity must be zero with closePosition equals true");

    public static BinanceError UnknownOrderToCancel { get; } = new(-2011, "Unknown order sent.");

    public static BinanceError NoSuchOrder { get; } = new(-2013, "Order does not exist.");

    public static BinanceError BatchSize { get; } = new(-4082, "Invalid number of batch place orders.");

    public static BinanceError CancelBatchSize { get; } = new(-4032, "Exceed maximum cancel order size.");

    public static BinanceError NoListenKey { get; } =
        new(-1125, "This listenKey does not exist. Please use `POST /fapi/v1/listenKey` to recreate `listenKey`");

    public static BinanceError OnlyIsolated { get; } = new(-4049, "Add margin only support for isolated position.");

    public static BinanceError AssetModeUnchanged { get; } =
        new(-4171, "Adjusted asset mode is currently set and does not need to be adjusted repeatedly.");

    public static BinanceError HmacLogon { get; } = new(-4056, "HMAC_SHA256 API key is not supported.");

    public static BinanceError InvalidJson { get; } = new(-1135, "The provided value is not valid JSON.");

    public static BinanceError Overloaded { get; } = new(
        503,
        -1008,
        "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.");

    public static BinanceError ExecutionUnknown { get; } = new(
        503,
        -1007,
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown.");

    public static BinanceError Maintenance { get; } = new(503, -1016, "This service is no longer available.");

    public static BinanceError Unknown { get; } = new(503, -1000, "An unknown error occured while processing the request.");

    public static BinanceError Internal { get; } = new(503, -1001, "Internal error; unable to process your request. Please try again.");

    public static BinanceError Mandatory(string name) => new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static BinanceError OneOf(string first, string second) =>
        new(-1102, $"Param '{first}' or '{second}' must be sent, but both were empty/null!");

    public static BinanceError Empty(string name) => new(-1105, $"Parameter '{name}' was empty.");

    public static BinanceError NotRequired(string name) => new(-1106, $"Parameter '{name}' sent when not required.");

    public static BinanceError Invalid(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static BinanceError Illegal(string name, string range) =>
        new(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    public static BinanceError DepthLimit(string limit) => new(-4021, $"{limit} is not valid depth limit.");

    public static BinanceError KeyRejected(string address) =>
        new(401, -2015, $"Invalid API-key, IP, or permissions for action, request ip: {address}");

    public static BinanceError UnknownPath(string method, string path) => new(404, -5000, $"Path {path}, Method {method} is invalid");

    /// <summary>For what Binance offers and the simulator does not; says so instead of doing something else.</summary>
    public static BinanceError NotSimulated(string what) => new(-1020, $"This operation is not supported: {what}.");

    public static BinanceError TooManyRequests(int limit, int retryAfterSeconds) => new(
        429,
        -1003,
        $"Too many requests; current limit is {limit} requests per minute. Please use the websocket for live updates to avoid polling the API.")
    {
        RetryAfterSeconds = retryAfterSeconds,
    };

    public static BinanceError Banned(string address, long until, int retryAfterSeconds) => new(
        418,
        -1003,
        $"Way too many requests; IP({address}) banned until {until}. Please use the websocket for live updates to avoid bans.")
    {
        RetryAfterSeconds = retryAfterSeconds,
    };

    public static BinanceError TooManyOrders(int limit, string interval, int retryAfterSeconds) =>
        new(429, -1015, $"Too many new orders; current limit is {limit} orders per {interval}.") { RetryAfterSeconds = retryAfterSeconds };
}
