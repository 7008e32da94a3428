using System.Security.Cryptography;
using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>The checksums beside a result, in the form that <c>sha256sum --check</c> reads: what a result says is what the run wrote.</summary>
internal static class ResultSums
{
    public const string FileName = "SHA256SUMS";

    private static readonly string[] Files = ["result.json", "fills.csv", "equity.csv", "chart.json"];

    public static void Write(string folder) =>
        File.WriteAllText(Path.Combine(folder, FileName), string.Concat(Files.Select(name => $"{Sum(Path.Combine(folder, name))}  {name}\n")));

    /// <exception cref="DataException">A file is not as it was written, or the checksums are missing or damaged.</exception>
    public static void Verify(string folder, params IReadOnlyList<string> names)
    {
        var path = Path.Combine(folder, FileName);
        var sums = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in ResultFiles.Text(folder, FileName).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split("  ") is not [{ Length: 64 } sum, var name] || !sums.TryAdd(name, sum))
            {
                throw new DataException($"{path} is damaged: '{(line.Length > 80 ? line[..80] + "…" : line)}' is no checksum. Run the backtest again");
            }
        }

        foreach (var name in names)
        {
            if (!sums.TryGetValue(name, out var sum) || sum != Sum(Path.Combine(folder, name)))
            {
                throw new DataException($"{Path.Combine(folder, name)} is not as the backtest wrote it (its checksum in {FileName} differs): it was changed or damaged. Run the backtest again");
            }
        }
    }

    private static string Sum(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
