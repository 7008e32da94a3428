using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Listen keys, and what a key may do.</summary>
internal static class UserStreamEndpoints
{
    public static async ValueTask Create(BinanceCall call)
    {
        var key = call.Services.ListenKeys.Create(call.Account);
        await call.Services.Context.StateChanged();
        Write(call, key);
    }

    public static async ValueTask KeepAlive(BinanceCall call)
    {
        var key = call.Services.ListenKeys.KeepAlive(call.Account) ?? throw new RequestRefusedException(RequestErrors.NoListenKey);
        await call.Services.Context.StateChanged();
        Write(call, key);
    }

    public static async ValueTask Close(BinanceCall call)
    {
        if (!call.Services.ListenKeys.Close(call.Account))
        {
            throw new RequestRefusedException(RequestErrors.NoListenKey);
        }

        await call.Services.Context.StateChanged();
        await ServerEndpoints.WriteEmpty(call);
    }

    /// <summary>What the key may do, for clients that refuse to run with one that may withdraw.</summary>
    public static ValueTask KeyRights(BinanceCall call)
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteBoolean("ipRestrict"u8, false);
        writer.WriteNumber("createTime"u8, 0);
        writer.WriteBoolean("enableReading"u8, true);
        writer.WriteBoolean("enableWithdrawals"u8, call.Key!.MayWithdraw);
        writer.WriteBoolean("enableInternalTransfer"u8, call.Key.MayWithdraw);
        writer.WriteBoolean("enableMargin"u8, false);
        writer.WriteBoolean("enableFutures"u8, call.Key.MayTrade);
        writer.WriteBoolean("permitsUniversalTransfer"u8, false);
        writer.WriteBoolean("enableVanillaOptions"u8, false);
        writer.WriteBoolean("enableFixApiTrade"u8, false);
        writer.WriteBoolean("enableFixReadOnly"u8, false);
        writer.WriteBoolean("enableSpotAndMarginTrading"u8, false);
        writer.WriteBoolean("enablePortfolioMarginTrading"u8, false);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    private static void Write(BinanceCall call, ListenKey key)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteString("listenKey"u8, key.Key);
        call.Answer.WriteEndObject();
    }
}
