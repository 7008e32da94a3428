using System.Runtime.InteropServices;
using Trellis.Bench.Markets;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Generation;

namespace Trellis.Bench.Topics;

/// <summary>Opening a candle file whose pages are in memory already.</summary>
internal sealed class LoadTopic : ITopic
{
    private const double Budget = 10e6;

    public string Name => "load";

    public string Summary => "open a candle file with its index, warm: header and checksums verified, every page touched";

    public void Run(bool quick, TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "bench" + CandleFile.Extension);
        CandleFile.Write(path, SeededMarkets.Get(GeneratorModel.Regimes, seed: 7, 4 * SeededMarkets.Year));
        var size = new FileInfo(path).Length;
        var resident = File.ReadAllBytes(path);
        Action[] actions =
        [
            () => Open(path),
            () => OpenAndScan(path),
            () => Sink.Take(File.ReadAllBytes(path).Length),
            () => Sink.Take(CandleIndex.Minimum(MemoryMarshal.Cast<byte, int>(resident))),
        ];
        Contest.WarmUp(actions);
        var figures = Contest.Run(quick ? 15 : 41, actions);

        var table = new Table(1, "what", "best", "median", "CPU", "GB/s", "÷ read all bytes", "÷ plain memory read", "budget", "");
        Add("open, verify, close", figures[0], Budget);
        Add("open, verify, scan lows, highs and closes, close", figures[1], Budget);
        Add("baseline: File.ReadAllBytes", figures[2], null);
        Add("baseline: read the same bytes in memory", figures[3], null);
        table.Print(output);
        output.WriteLine($"{Text.Count(4 * SeededMarkets.Year)} candles, {Text.Bytes(size)}. Times are wall time; CPU is that of the calling thread in its best round. Mapping and unmapping pages is part of it.");

        void Add(string what, Figure figure, double? budget) => table.Add(
            what,
            Text.Time(figure.Wall),
            Text.Time(figure.WallMedian),
            Text.Time(figure.Best),
            Text.Number(size / figure.Wall),
            Text.Ratio(figure.Wall, figures[2].Wall),
            Text.Ratio(figure.Wall, figures[3].Wall),
            budget is { } allowed ? Text.Time(allowed) : "",
            budget is { } limit ? Text.Verdict(figure.Wall, limit) : "");
    }

    private static void Open(string path)
    {
        using var file = CandleFile.Open(path);
        Sink.Take(file.Series.Count);
    }

    private static void OpenAndScan(string path)
    {
        using var file = CandleFile.Open(path);
        var series = file.Series;
        Sink.Take(CandleIndex.Minimum(series.Low.Span) + (long)CandleIndex.Maximum(series.High.Span) + CandleIndex.Minimum(series.Close.Span));
    }
}
