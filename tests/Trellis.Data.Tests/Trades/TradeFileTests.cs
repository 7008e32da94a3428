using System.IO.Compression;
using System.Text;
using Trellis.Core;
using Trellis.Data.Trades;

namespace Trellis.Data.Tests.Trades;

public sealed class TradeFileTests
{
    private const string Rows = "time_ms,price,qty,is_buyer_maker\n1721347022956,63943.90,0.003,1\r\n1721347023018,63944.00,0.017,0\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trades_are_read_from_plain_and_packed_files(bool packed)
    {
        using var folder = new TemporaryFolder();
        var path = packed ? folder.Write("t.csv.gz", Packed(Rows)) : folder.Write("t.csv", Rows);

        TradeFile.Read([path]).ShouldBe([new RecordedTrade(1721347022956, 63943.9m, 0.003m, true), new RecordedTrade(1721347023018, 63944m, 0.017m, false)]);
    }

    [Fact]
    public void Files_are_put_in_order_of_time()
    {
        using var folder = new TemporaryFolder();
        var later = folder.Write("a.csv", Rows);
        var earlier = folder.Write("b.csv", "time_ms,price,qty,is_buyer_maker\n1721340000000,1,2,true\n");

        TradeFile.Read([later, earlier]).Select(trade => trade.Time).ShouldBe([1721340000000, 1721347022956, 1721347023018]);
    }

    [Theory]
    [InlineData("time,price,qty,maker\n", ":1: header 'time,price,qty,maker': must be")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n1721347022956,63943.90,0.003\n", ":2: row '1721347022956,63943.90,0.003': has 3 columns")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n17,63943.90,0.003,1\n", "time_ms '17'")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n1721347022956,-1,0.003,1\n", "price '-1'")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n1721347022956,1,0,1\n", "qty '0'")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n1721347022956,1,1,yes\n", "is_buyer_maker 'yes'")]
    [InlineData("time_ms,price,qty,is_buyer_maker\n", "no trades")]
    public void A_bad_file_is_refused_with_line_value_and_rule(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("t.csv", content);

        Should.Throw<DataException>(() => TradeFile.Read([path])).Message.ShouldContain(message);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
