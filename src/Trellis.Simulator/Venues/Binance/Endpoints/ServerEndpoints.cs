using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Limits;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Whether the exchange is there, what time it is, and by which rules it trades.</summary>
internal static class ServerEndpoints
{
    public static ValueTask Ping(BinanceCall call) => WriteEmpty(call);

    public static ValueTask Time(BinanceCall call)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteNumber("serverTime"u8, call.Services.WireTime);
        call.Answer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    public static ValueTask ExchangeInfo(BinanceCall call)
    {
        var writer = call.Answer;
        var rules = call.Services.Exchange.Read(static engine => engine.Instruments
            .Select((instrument, index) => (Instrument: instrument, Rules: RulesNow(engine, instrument), IsHalted: engine.IsHalted(index)))
            .ToList());
        writer.WriteStartObject();
        writer.WriteString("timezone"u8, "UTC"u8);
        writer.WriteNumber("serverTime"u8, call.Services.WireTime);
        writer.WriteString("futuresType"u8, "U_MARGINED"u8);
        writer.WritePropertyName("rateLimits"u8);
        ExchangeInfoJson.WriteLimits(writer, RateLimit.All, call.Services.Context.Faults.LimitFactor);
        writer.WriteStartArray("exchangeFilters"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("assets"u8);
        foreach (var asset in call.Services.Symbols.All.Select(symbol => symbol.QuoteAsset).Distinct(StringComparer.Ordinal))
        {
            ExchangeInfoJson.WriteAsset(writer, asset);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("symbols"u8);
        foreach (var symbol in call.Services.Symbols.All)
        {
            var (instrument, inForce, isHalted) = rules[symbol.Instrument];
            ExchangeInfoJson.WriteSymbol(writer, symbol, instrument, inForce, isHalted);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    /// <summary>An empty object, which is Binance's answer where there is nothing to say.</summary>
    public static ValueTask WriteEmpty(BinanceCall call)
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    /// <summary>What Binance says where something was done and there is nothing to show.</summary>
    public static void WriteDone(BinanceCall call, string message = "success")
    {
        call.Answer.WriteStartObject();
        call.Answer.WriteNumber("code"u8, 200);
        call.Answer.WriteString("msg"u8, message);
        call.Answer.WriteEndObject();
    }

    /// <summary>An instrument's rules at the engine's clock.</summary>
    public static InstrumentRules RulesNow(MatchingEngine engine, MatchingInstrument instrument) =>
        instrument.Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(engine.Time));
}
