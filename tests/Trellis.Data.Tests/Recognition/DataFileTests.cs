using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Recognition;

namespace Trellis.Data.Tests.Recognition;

public sealed class DataFileTests
{
    [Theory]
    [InlineData("time_ms,price,qty,is_buyer_maker\n1,2,3,0\n", DataFileKind.Trades, null)]
    [InlineData("time_ms,funding_rate\n1,2\n", DataFileKind.Funding, null)]
    [InlineData("time_ms,funding_rate,mark_price\n1,2,3\n", DataFileKind.Funding, null)]
    [InlineData("open_time_ms,open,high,low,close,volume\n60000,1,1,1,1,1\n120000,1,1,1,1,1\n", DataFileKind.Candles, "1m")]
    [InlineData("300000,1,1,1,1,1\n900000,1,1,1,1,1\n1200000,1,1,1,1,1\n", DataFileKind.Candles, "5m")]
    [InlineData("\uFEFF1704067200000000,1,1,1,1,1,1,1,1,1,1,1\n1704067260000000,1,1,1,1,1,1,1,1,1,1,1\n", DataFileKind.Candles, "1m")]
    public void Text_is_told_by_its_first_line(string content, DataFileKind kind, string? interval)
    {
        using var folder = new TemporaryFolder();
        var file = DataFile.Recognize(folder.Write("some.csv", content));

        file.Kind.ShouldBe(kind);
        file.Interval?.ToString().ShouldBe(interval);
        file.Instrument.ShouldBeNull();
    }

    [Fact]
    public void Stored_candles_say_themselves_whose_they_are()
    {
        using var folder = new TemporaryFolder();
        CandleFile.Write(folder.File("x.candles"), Some.Series(new Random(1), 50));

        DataFile.Recognize(folder.File("x.candles")).ShouldBe(new DataFile(folder.File("x.candles"), DataFileKind.StoredCandles, Some.Instrument, Interval.OneMinute));
    }

    [Theory]
    [InlineData("hello\n", "is no data that is known")]
    [InlineData("", "the first line is ''")]
    [InlineData("60000,1,1,1,1,1\n", "interval can't be told")]
    [InlineData("60000,1,1,1,1,1\n60001,1,1,1,1,1\n", "1 ms")]
    public void What_is_not_known_is_refused_with_what_would_be(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("some.csv", content);

        Should.Throw<DataException>(() => DataFile.Recognize(path)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_folder_and_a_file_that_is_not_there_are_named()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<DataException>(() => DataFile.Recognize(folder.Path)).Message.ShouldContain("is a folder");
        Should.Throw<DataException>(() => DataFile.Recognize(folder.File("none.csv"))).Message.ShouldContain("there is no such file");
    }
}
