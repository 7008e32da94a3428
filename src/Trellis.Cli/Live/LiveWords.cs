using System.Globalization;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Cli.Live;

/// <summary>The words and numbers of live trading, the same on the screen, in lines and in logs.</summary>
internal static class LiveWords
{
    public static string Of(LiveMode mode) => mode switch
    {
        LiveMode.Mainnet => "LIVE MAINNET",
        LiveMode.Testnet => "TESTNET",
        LiveMode.Simulator => "SIMULATOR",
        _ => "DRY RUN",
    };

    /// <summary>What the mode means for money.</summary>
    public static string Meaning(LiveMode mode) => mode switch
    {
        LiveMode.Mainnet => "REAL MONEY: every order is sent to the exchange",
        LiveMode.Testnet => "test money: orders are sent to the exchange's test environment",
        LiveMode.Simulator => "made-up money: orders are sent to a simulated exchange",
        _ => "live prices, made-up fills: no order is sent to an exchange",
    };

    public static string Of(Side side) => side == Side.Buy ? "buy" : "sell";

    public static string Of(PositionSide side) => side switch
    {
        PositionSide.Long => "long",
        PositionSide.Short => "short",
        _ => "net",
    };

    public static string Of(OrderKind kind) => kind switch
    {
        OrderKind.Limit => "limit",
        OrderKind.Market => "market",
        OrderKind.TriggerAtOrBelow => "trigger-at-or-below",
        _ => "trigger-at-or-above",
    };

    public static string Of(OrderState state) => state switch
    {
        OrderState.Planned => "held",
        OrderState.Submitting => "sent",
        OrderState.Unknown => "unknown",
        OrderState.Untriggered => "waiting",
        OrderState.Open => "open",
        OrderState.PartiallyFilled => "partly-filled",
        OrderState.Canceling => "cancelling",
        OrderState.Amending => "amending",
        OrderState.Filled => "filled",
        OrderState.Canceled => "cancelled",
        OrderState.Rejected => "rejected",
        _ => "expired",
    };

    public static string Of(BotState state) => state switch
    {
        BotState.Stopped => "stopped",
        BotState.Running => "running",
        BotState.Paused => "paused",
        BotState.Stopping => "stopping",
        _ => "failed",
    };

    public static string Of(AlertLevel level) => level switch
    {
        AlertLevel.Information => "information",
        AlertLevel.Warning => "warning",
        AlertLevel.Error => "error",
        _ => "critical",
    };

    /// <summary>A number whole, without trailing zeros.</summary>
    public static string Exact(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <param name="time">Unix milliseconds.</param>
    /// <returns>Such as <c>2026-01-02T03:04:05.678Z</c>.</returns>
    public static string Time(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <param name="time">Unix milliseconds.</param>
    /// <returns>Such as <c>03:04:05</c>.</returns>
    public static string Clock(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
