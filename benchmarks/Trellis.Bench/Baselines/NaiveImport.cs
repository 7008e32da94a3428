using System.Globalization;
using System.IO.Compression;
using Trellis.Bench.Measuring;

namespace Trellis.Bench.Baselines;

/// <summary>Two ways to read a packed CSV file: not at all, and as one writes it in an afternoon.</summary>
internal static class NaiveImport
{
    /// <summary>Unpacks and throws away.</summary>
    public static void Unpack(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var buffer = new byte[1 << 20];
        var total = 0L;
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            total += read;
        }

        Sink.Take(total);
    }

    /// <summary>Lines of text, split, each number a decimal.</summary>
    public static void SplitAndParse(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var rows = new List<(long Time, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            rows.Add((long.Parse(cells[0], CultureInfo.InvariantCulture), Parse(cells[1]), Parse(cells[2]), Parse(cells[3]), Parse(cells[4]), Parse(cells[5])));
        }

        Sink.Take(rows.Count);
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
