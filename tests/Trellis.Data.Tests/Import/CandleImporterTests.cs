using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Import;
using Trellis.Data.Store;

namespace Trellis.Data.Tests.Import;

public sealed class CandleImporterTests : IDisposable
{
    private const string Row = "1704067200000,10,12,9,11,5\n";

    private readonly TemporaryFolder folder = new();

    private CandleStore Store => new(folder.File("store"));

    private string Stored => Store.PathOf(Some.Instrument, Interval.OneMinute);

    public void Dispose() => folder.Dispose();

    private ImportReport Import(params string[] files) =>
        new CandleImporter(Store).Import(new ImportRequest { Files = files, Instrument = Some.Instrument, Interval = Interval.OneMinute });

    private ImportReport ImportText(string text) => Import(folder.Write("a.csv", text));

    private List<Candle> Candles()
    {
        using var file = Store.Open(Some.Instrument, Interval.OneMinute);
        return file.Series.Candles();
    }

    [Theory]
    [InlineData("csv", false)]
    [InlineData("gzip", false)]
    [InlineData("zip", false)]
    [InlineData("zip", true)]
    public void Every_kind_gives_the_same_bytes(string kind, bool microseconds)
    {
        var candles = Some.Series(new Random(1), 3_000).Candles();
        Import(folder.Write("plain.csv", SimpleImport.Csv(candles)));
        var expected = File.ReadAllBytes(Stored);
        File.Delete(Stored);
        var text = Encoding.UTF8.GetBytes(SimpleImport.Csv(candles, archive: kind == "zip", header: kind != "gzip", microseconds));

        // The name says nothing; the content tells the kind.
        Import(folder.Write("x.dat", kind switch { "gzip" => SimpleImport.Gzip(text), "zip" => SimpleImport.Zip(text), _ => text }));

        File.ReadAllBytes(Stored).ShouldBe(expected);
        Candles().ShouldBe(candles);
    }

    [Fact]
    public void A_gzip_file_that_is_cut_anywhere_is_refused()
    {
        var whole = SimpleImport.Gzip(Encoding.UTF8.GetBytes(SimpleImport.Csv(Some.Series(new Random(5), 400).Candles())));
        for (var length = 2; length < whole.Length; length += length < whole.Length - 20 ? 13 : 1)
        {
            var cut = folder.Write("cut.csv.gz", whole[..length]);
            Should.Throw<DataException>(() => Import(cut)).Message.ShouldContain("cut.csv.gz");
            File.Exists(Stored).ShouldBeFalse();
        }
    }

    [Fact]
    public void Members_of_a_gzip_file_count_together_and_a_damaged_one_is_refused()
    {
        var candles = Some.Series(new Random(6), 600).Candles();
        var first = SimpleImport.Gzip(Encoding.UTF8.GetBytes(SimpleImport.Csv(candles[..200])));
        var second = SimpleImport.Gzip(Encoding.UTF8.GetBytes(SimpleImport.Csv(candles[200..], header: false)));
        byte[] both = [.. first, .. second];
        Import(folder.Write("both.gz", both)).Rows.ShouldBe(candles.Count);
        File.Delete(Stored);

        both[first.Length] ^= 1;
        Should.Throw<DataException>(() => Import(folder.Write("both.gz", both))).Message.ShouldContain("cut off or damaged");
    }

    [Fact]
    public void While_another_import_holds_the_file_nothing_is_changed()
    {
        using (StoreLock.Take(Stored))
        {
            Should.Throw<DataException>(() => ImportText(Row)).Message.ShouldContain("If another import is writing to it");
            File.Exists(Stored).ShouldBeFalse();
        }

        ImportText(Row).Added.ShouldBe(1);
    }

    [Fact]
    public void Files_longer_than_a_block_are_read_whole()
    {
        var candles = Some.Series(new Random(2), 60_000).Candles();
        Import(folder.Write("a.csv", SimpleImport.Csv(candles))).Rows.ShouldBe(candles.Count);
        Candles().ShouldBe(candles);
    }

    [Fact]
    public void Order_and_parts_do_not_matter_and_importing_twice_changes_no_byte()
    {
        var candles = Some.Series(new Random(3), 2_000).Candles();
        Import(folder.Write("all.csv", SimpleImport.Csv(candles)));
        var expected = File.ReadAllBytes(Stored);
        Import(folder.File("all.csv")).ShouldSatisfyAllConditions(r => r.Unchanged.ShouldBeTrue(), r => r.Added.ShouldBe(0), r => r.Repeated.ShouldBe(candles.Count));
        File.ReadAllBytes(Stored).ShouldBe(expected);

        File.Delete(Stored);
        var random = new Random(4);
        var shuffled = candles.OrderBy(_ => random.Next()).ToList();
        Import(folder.Write("b.csv", SimpleImport.Csv(shuffled[..900])));
        Import(folder.Write("c.csv", SimpleImport.Csv(shuffled[800..1_500])), folder.Write("d.csv", SimpleImport.Csv(shuffled[1_400..], archive: true))).Unchanged.ShouldBeFalse();
        File.ReadAllBytes(Stored).ShouldBe(expected);
    }

    [Fact]
    public void Holes_are_kept_and_reported()
    {
        var report = ImportText(Row + "1704067380000,11,12,9,10,5\n");
        (report.Count, report.Holes).ShouldBe((4, 2));
        report.Gaps.ShouldBe([new Gap(1_704_067_260_000, 2)]);
        using var file = Store.Open(Some.Instrument, Interval.OneMinute);
        (file.Series.IsHole(1), file.Series.Open.Span[1], file.Series.Close.Span[2], file.Series.Volume.Span[1]).ShouldBe((true, 11, 11, 0));
    }

    [Theory]
    [InlineData("1704067200000,10,12,9,11,6\n")]
    [InlineData("1704067200000,10,12.5,9,11,5\n")]
    public void Sources_that_disagree_are_named_with_their_minutes_and_change_nothing(string other)
    {
        ImportText(Row);
        var before = File.ReadAllBytes(Stored);
        var message = Should.Throw<DataException>(() => Import(folder.Write("b.csv", other))).Message;
        message.ShouldContain("disagree on 1 candle;");
        message.ShouldContain("2024-01-01 00:00");
        message.ShouldContain("b.csv:1");
        File.ReadAllBytes(Stored).ShouldBe(before);
        Should.Throw<DataException>(() => Import(folder.Write("c.csv", Row + other))).Message.ShouldContain("c.csv:2");
    }

    [Fact]
    public void At_most_ten_disagreements_are_named()
    {
        var candles = Some.Series(new Random(5), 100, holes: 0).Candles();
        Import(folder.Write("a.csv", SimpleImport.Csv(candles)));
        var message = Should.Throw<DataException>(() => Import(folder.Write("b.csv", SimpleImport.Csv(candles.Select(c => c with { Volume = c.Volume + 1 }))))).Message;
        message.ShouldContain("disagree on 100 candles");
        message.ShouldContain("and 90 more");
    }

    [Theory]
    [InlineData("1704067200001,10,12,9,11,5", "open_time_ms '1704067200001': must be a multiple of the interval 1m")]
    [InlineData("17040672,10,12,9,11,5", "must be Unix milliseconds between 2000 and 2100")]
    [InlineData("1704067200000,10,12,11,11,5", "low '11': low must be at most open and close")]
    [InlineData("1704067200000,10,10.5,9,11,5", "high '10.5': high must be at least open and close")]
    [InlineData("1704067200000,0,12,9,11,5", "open '0': must be above 0")]
    [InlineData("1704067200000,10,12,-9,11,5", "low '-9': must be above 0")]
    [InlineData("1704067200000,10,12,9,11,-5", "volume '-5': must be at least 0")]
    [InlineData("1704067200000,1e1,12,9,11,5", "open '1e1': must be a plain decimal number")]
    [InlineData("1704067200000,NaN,12,9,11,5", "open 'NaN': must be a plain decimal number")]
    [InlineData("1704067200000,10,12,9,,5", "close '': must be a plain decimal number")]
    [InlineData("1704067200000,10,12,0.1234567891,11,5", "low '0.1234567891': has 10 decimals; at most 9 are allowed")]
    [InlineData("1704067200000,10,3000000000,9,11,5", "high '3000000000': does not fit")]
    [InlineData("1704067200000,10,12,9.123456789,11,5", "does not fit with the 9 decimals")]
    [InlineData("1704067200000,10,12,9,11", "has 5 columns; 6 are expected")]
    [InlineData("time,open,high,low,last,volume", "column 5 must be 'close'")]
    public void A_bad_row_is_named_with_line_column_value_and_rule(string row, string expected)
    {
        var message = Should.Throw<DataException>(() => ImportText(row + "\n")).Message;
        message.ShouldContain("a.csv:1: ");
        message.ShouldContain(expected);
        File.Exists(Stored).ShouldBeFalse();
    }

    [Fact]
    public void Twenty_bad_rows_are_collected_at_once()
    {
        var message = Should.Throw<DataException>(() => ImportText(string.Concat(Enumerable.Repeat("x\n", 50)))).Message;
        message.ShouldContain("a.csv:20: ");
        message.ShouldNotContain("a.csv:21: ");
    }

    [Fact]
    public void An_absurd_span_names_the_outlier()
    {
        var message = Should.Throw<DataException>(() => ImportText(Row + "1704067260000,10,12,9,11,5\n3999999960000,10,12,9,11,5\n")).Message;
        message.ShouldContain("a.csv:3");
        message.ShouldContain("2096-");
    }

    [Fact]
    public void Generated_candles_are_not_mixed_with_recorded_ones()
    {
        Store.Write(Some.Series(new Random(1), 10, generatedBy: "jumps, seed 1"));
        Should.Throw<DataException>(() => ImportText(Row)).Message.ShouldContain("generated candles (jumps, seed 1)");
    }

    [Fact]
    public void Damaged_archives_are_noticed()
    {
        var text = Encoding.UTF8.GetBytes(SimpleImport.Csv(Some.Series(new Random(6), 5_000).Candles()));
        var gzip = SimpleImport.Gzip(text);
        Should.Throw<DataException>(() => Import(folder.Write("cut.gz", gzip[..(gzip.Length / 2)])));
        Should.Throw<DataException>(() => Import(folder.Write("cut.gz", gzip[..^20])));
        Should.Throw<DataException>(() => Import(folder.Write("empty.zip", SimpleImport.Zip(text, "readme.txt")))).Message.ShouldContain("holds no .csv file");
        Should.Throw<DataException>(() => Import(folder.File("none.csv"))).Message.ShouldContain("there is no such file");
        Should.Throw<DataException>(() => ImportText("")).Message.ShouldContain("no rows");
        File.Exists(Stored).ShouldBeFalse();
    }
}
