using System.Globalization;
using System.IO.Compression;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Funding;
using Trellis.Data.Import;
using Trellis.Data.Store;
using Trellis.Data.Verification;

namespace Trellis.Data.Tests.Import;

/// <summary>Recorded data of real markets, where it is at hand.</summary>
public sealed class RealDataTests
{
    private const int SampledAbove = 100_000;

    [Fact]
    public void Every_candle_file_is_imported_without_loss()
    {
        using var folder = new TemporaryFolder();
        var store = new CandleStore(folder.Path);
        foreach (var path in SharedData.Files("candles"))
        {
            var parts = Path.GetFileName(path).Split('_', '.');
            var id = new InstrumentId(parts[0], parts[1] == "spot" ? MarketKind.Spot : MarketKind.Perp, parts[2]);
            var interval = Interval.Parse(parts[3]);

            var report = new CandleImporter(store).Import(new ImportRequest { Files = [path], Instrument = id, Interval = interval });

            using var file = store.Open(id, interval);
            Compare(path, report, file.Series);
            CandleVerifier.Verify(file.Path).Problems.ShouldBeEmpty(path);
        }
    }

    [Fact]
    public void Every_funding_file_is_read()
    {
        foreach (var path in SharedData.Files("funding"))
        {
            var lines = 0;
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is not null)
            {
                lines++;
            }

            var rates = FundingFile.Read(path);
            rates.Count.ShouldBe(lines - 1, path);
            rates.Select(rate => rate.Time).ShouldBeInOrder();
        }
    }

    private static void Compare(string path, ImportReport report, CandleSeries series)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var price = (decimal)PowersOfTen.Of(series.PriceDecimals);
        var volume = (decimal)PowersOfTen.Of(series.VolumeDecimals);
        var rows = 0;
        while (reader.ReadLine() is { } line)
        {
            if (rows++ > SampledAbove && rows % 7 != 0)
            {
                continue;
            }

            var fields = line.Split(',');
            var at = (int)((long.Parse(fields[0], CultureInfo.InvariantCulture) - series.StartTime) / series.Interval.Milliseconds);
            var same = series.Open.Span[at] / price == decimal.Parse(fields[1], CultureInfo.InvariantCulture)
                && series.High.Span[at] / price == decimal.Parse(fields[2], CultureInfo.InvariantCulture)
                && series.Low.Span[at] / price == decimal.Parse(fields[3], CultureInfo.InvariantCulture)
                && series.Close.Span[at] / price == decimal.Parse(fields[4], CultureInfo.InvariantCulture)
                && series.Volume.Span[at] / volume == decimal.Parse(fields[5], CultureInfo.InvariantCulture);
            same.ShouldBeTrue($"{path}: {line}");
        }

        report.Rows.ShouldBe(rows);
        (report.Count - report.Holes).ShouldBe(rows - (int)report.Repeated);
        report.Holes.ShouldBe(Enumerable.Range(0, series.Count).Count(series.IsHole));
    }
}
