using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Reads a kline message.</summary>
/// <param name="Candle">As it stands; final where <paramref name="IsClosed"/>.</param>
internal readonly record struct KlineFrame(string Symbol, string Interval, bool IsClosed, Candle Candle)
{
    /// <returns>Null for a message of another kind.</returns>
    /// <exception cref="WireFormatException">It lacks something.</exception>
    public static KlineFrame? Read(JsonElement message)
    {
        if (message.TextOrEmpty("e") != "kline")
        {
            return null;
        }

        var kline = message.Inner("k");
        return new KlineFrame(
            message.Text("s"),
            kline.Text("i"),
            kline.OptionalFlag("x") ?? throw new WireFormatException("a kline does not say whether it is closed"),
            new Candle(kline.Whole("t"), kline.Number("o"), kline.Number("h"), kline.Number("l"), kline.Number("c"), kline.Number("v")));
    }
}
