using System.Globalization;
using System.IO.Compression;
using Trellis.Bench.Baselines;
using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Generation;
using Trellis.Data.Import;
using Trellis.Data.Store;

namespace Trellis.Bench.Topics;

/// <summary>A packed CSV file into an empty store.</summary>
internal sealed class ImportTopic : ITopic
{
    private const int Rows = 2 * SeededMarkets.Year;
    private const double LeastRowsPerSecond = 2e6;

    public string Name => "import";

    public string Summary => "gzip CSV into an empty store: unpacked, checked, indexed, hashed and written";

    public void Run(bool quick, TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "candles.csv.gz");
        var candles = SeededMarkets.Get(GeneratorModel.Regimes, seed: 7, Rows);
        Write(path, candles);
        Action[] actions =
        [
            () => Import(path, folder.Path, candles.Instrument),
            () => NaiveImport.Unpack(path),
            () => NaiveImport.SplitAndParse(path),
        ];
        Contest.WarmUp(actions);
        var figures = Contest.Run(quick ? 5 : 11, actions);

        var table = new Table(1, "what", "best", "median", "CPU of all threads", "M rows/s, best", "median", "time ÷ gunzip", "time ÷ naive", "budget", "");
        Add("import", figures[0], judged: true);
        Add("baseline: gunzip alone", figures[1], judged: false);
        Add("baseline: StreamReader, Split, decimal.Parse", figures[2], judged: false);
        table.Print(output);
        output.WriteLine(
            $"{Text.Count(Rows)} rows, {Text.Bytes(new FileInfo(path).Length)} packed. Times are wall time: the import unpacks on one thread and parses on another, " +
            "so a busy machine slows it; CPU of all threads is the work itself.");

        void Add(string what, Figure figure, bool judged) => table.Add(
            what,
            Text.Time(figure.Wall),
            Text.Time(figure.WallMedian),
            Text.Time(figure.Process),
            Text.Number(Rows / figure.Wall * 1e3),
            Text.Number(Rows / figure.WallMedian * 1e3),
            Text.Ratio(figure.Wall, figures[1].Wall),
            Text.Ratio(figure.Wall, figures[2].Wall),
            judged ? "≥ 2 M rows/s" : "",
            judged ? Text.Verdict(figure.Wall, Rows / LeastRowsPerSecond * 1e9) : "");
    }

    private static void Import(string path, string folder, InstrumentId instrument)
    {
        var store = Path.Combine(folder, "store");
        var report = new CandleImporter(new CandleStore(store)).Import(new ImportRequest
        {
            Files = [path],
            Instrument = instrument,
            Interval = Interval.OneMinute,
        });
        Directory.Delete(store, recursive: true);
        if (report.Added != Rows)
        {
            throw new RunException($"bench: {path}: {report.Added} of {Rows} rows were imported. Run ./test");
        }
    }

    private static void Write(string path, CandleSeries candles)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Optimal));
        writer.Write("open_time_ms,open,high,low,close,volume\n");
        var price = (decimal)Math.Pow(10, candles.PriceDecimals);
        var volume = (decimal)Math.Pow(10, candles.VolumeDecimals);
        for (var i = 0; i < candles.Count; i++)
        {
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{candles.TimeOf(i)},{candles.Open.Span[i] / price},{candles.High.Span[i] / price},{candles.Low.Span[i] / price},{candles.Close.Span[i] / price},{candles.Volume.Span[i] / volume}\n"));
        }
    }
}
