using System.Text.Json;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary><c>btcusdt@markPrice</c> and <c>!markPrice@arr</c>: mark price and coming funding, every third or every second, changed or not.</summary>
internal sealed class MarkPriceSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    public override void Tick()
    {
        var marks = (Name.Kind == StreamKind.MarkPrice ? [Feed.Symbols.All[Name.Instrument]] : Feed.Symbols.All)
            .Select(symbol => Feed.Market.Mark(symbol.Instrument))
            .Where(mark => mark.MarkPrice > 0)
            .ToList();
        if (marks.Count == 0)
        {
            return;
        }

        var writer = Feed.Buffer.Begin();
        if (Name.Kind == StreamKind.MarkPrice)
        {
            Write(writer, marks[0]);
        }
        else
        {
            writer.WriteStartArray();
            marks.ForEach(mark => Write(writer, mark));
            writer.WriteEndArray();
        }

        Publish();
    }

    private void Write(Utf8JsonWriter writer, MarkView mark)
    {
        writer.WriteStartObject();
        writer.WriteString("e"u8, "markPriceUpdate"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(mark.Time));
        writer.WriteString("s"u8, Feed.Symbols.All[mark.Instrument].Name);
        writer.WriteFixed("p"u8, mark.MarkPrice, WireNumber.Money);
        // The average of the mark price and the estimated settlement price follow it: there is no delivery to estimate.
        writer.WriteFixed("ap"u8, mark.MarkPrice, WireNumber.Money);
        writer.WriteFixed("i"u8, mark.IndexPrice, WireNumber.Money);
        writer.WriteFixed("P"u8, mark.IndexPrice, WireNumber.Money);
        writer.WriteFixed("r"u8, mark.FundingRate, WireNumber.Money);
        writer.WriteNumber("T"u8, mark.NextFundingTime);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
    }
}
