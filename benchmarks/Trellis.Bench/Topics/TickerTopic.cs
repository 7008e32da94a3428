using System.Globalization;
using System.Text;
using System.Text.Json;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Bench.Topics;

/// <summary>What a best quote costs between the socket's buffer and whoever wants to know it.</summary>
internal sealed class TickerTopic : ITopic
{
    private const double Budget = 400;
    private const int Messages = 1_000;
    private const int Symbols = 20;

    public string Name => "ticker";

    public string Summary => "a best quote of Binance's stream, from its bytes to the sink";

    public RuntimeSettings Settings => RuntimeSettings.OfTheProgram;

    public void Run(bool quick, TextWriter output)
    {
        var instruments = Enumerable.Range(0, Symbols).Select(i => new InstrumentId("binance", MarketKind.Perp, $"COIN{i}USDT")).ToList();
        var frames = Enumerable.Range(0, Messages).Select(i => Frame(instruments[i % Symbols].Symbol, i)).ToArray();
        var sink = new QuoteSink();
        var feed = new QuoteFeed(new SymbolLookup(instruments), sink, TimeProvider.System, TimeSpan.FromSeconds(30), new StreamStatus(1, static _ => { }, static () => { }), 0);
        feed.Opened();
        var bySymbol = instruments.ToDictionary(instrument => instrument.Symbol, StringComparer.Ordinal);
        var repeats = quick ? 20 : 100;
        Action[] contestants =
        [
            () => Repeat(repeats, frames, frame => feed.Frame(frame)),
            () => Repeat(repeats, frames, frame => ByDocument(frame, bySymbol, sink)),
        ];
        Contest.WarmUp(contestants);
        var figures = Contest.Run(quick ? 5 : 15, contestants);
        Sink.Take((long)sink.Sum);
        var count = (double)repeats * Messages;
        var table = new Table(1, "what", "best", "median", "allocated", "budget", "");
        table.Add("this adapter", Text.Time(figures[0].Best / count), Text.Time(figures[0].Median / count), Text.Bytes(Allocated(contestants[0]) / count), $"{Text.Time(Budget)}, 0 B", Text.Verdict(figures[0].Best / count, Budget));
        table.Add("baseline: JsonDocument", Text.Time(figures[1].Best / count), Text.Time(figures[1].Median / count), Text.Bytes(Allocated(contestants[1]) / count), "", "");
        table.Print(output);
        output.WriteLine($"{frames[0].Length} bytes a message, {Symbols} symbols, as the combined stream wraps them. Both end in the same sink, which keeps a sum.");
    }

    private static void Repeat(int repeats, byte[][] frames, Action<byte[]> take)
    {
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            foreach (var frame in frames)
            {
                take(frame);
            }
        }
    }

    private static double Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void ByDocument(byte[] frame, Dictionary<string, InstrumentId> instruments, QuoteSink sink)
    {
        using var document = JsonDocument.Parse(frame);
        var data = document.RootElement.GetProperty("data");
        if (data.GetProperty("e").GetString() == "bookTicker" && instruments.TryGetValue(data.GetProperty("s").GetString()!, out var instrument))
        {
            sink.Quote(
                instrument,
                decimal.Parse(data.GetProperty("b").GetString()!, CultureInfo.InvariantCulture),
                decimal.Parse(data.GetProperty("a").GetString()!, CultureInfo.InvariantCulture),
                data.GetProperty("E").GetInt64());
        }
    }

    private static byte[] Frame(string symbol, int number)
    {
        var price = 25_000m + (number / 10m);
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"stream":"{{{symbol.ToLowerInvariant()}}}@bookTicker","data":{"e":"bookTicker","u":{{{400_900_217_000 + number}}},"s":"{{{symbol}}}","b":"{{{price:0.00}}}","B":"31.210","a":"{{{price + 0.1m:0.00}}}","A":"40.660","T":{{{1_768_014_460_891 + number}}},"E":{{{1_768_014_460_893 + number}}}}}"""));
    }

    private sealed class QuoteSink : IMarketSink
    {
        public decimal Sum { get; private set; }

        public void Quote(InstrumentId instrument, decimal bid, decimal ask, long time) => Sum = bid + ask;

        public void CandleClosed(InstrumentId instrument, in Candle candle) => Sum = candle.Close;

        public void Lost(string why) => throw new InvalidOperationException(why);

        public void Restored() => Sum = 0m;
    }
}
