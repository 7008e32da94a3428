using System.Text.Json;
using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>The files of a result folder, read and held against one another (docs/result.md).</summary>
public sealed class ResultFiles
{
    private const int SchemaVersion = 1;

    private ResultFiles(ResultNode result, ResultNode chart, string chartJson, IReadOnlyList<FillRow> fills) =>
        (Result, Chart, ChartJson, Fills) = (result, chart, chartJson, fills);

    /// <summary><c>result.json</c>.</summary>
    public ResultNode Result { get; }

    /// <summary><c>chart.json</c>.</summary>
    public ResultNode Chart { get; }

    public string ChartJson { get; }

    /// <summary>Fills alone, without funding payments, in order.</summary>
    public IReadOnlyList<FillRow> Fills { get; }

    /// <summary>Reads a whole result.</summary>
    /// <exception cref="ConfigurationException">There is no such folder.</exception>
    /// <exception cref="DataException">A file is missing or damaged, belongs to another run or is no result.</exception>
    public static ResultFiles Read(string folder)
    {
        var result = ReadResult(folder);
        var chartPath = Path.Combine(folder, "chart.json");
        var chartJson = Text(folder, "chart.json");
        var chart = Parse(chartPath, chartJson);
        var (fills, hash) = FillRow.Read(Path.Combine(folder, "fills.csv"), Text(folder, "fills.csv"));
        var wanted = result["fills_sha256"].Text;
        if (hash != wanted)
        {
            throw new DataException($"{Path.Combine(folder, "fills.csv")}: its fills are not those of result.json (SHA-256 {hash}, expected {wanted}): the file was cut or changed. Run the backtest again");
        }

        if (chart["fills_sha256"].Text != wanted)
        {
            throw new DataException($"{chartPath}: it belongs to another run than result.json. Run the backtest again");
        }

        ChartCheck.Check(chart, chartPath);
        ResultSums.Verify(folder, "fills.csv", "equity.csv", "chart.json");
        return new ResultFiles(result, chart, chartJson, fills);
    }

    /// <summary>Reads <c>result.json</c> alone.</summary>
    /// <exception cref="ConfigurationException">There is no such folder.</exception>
    /// <exception cref="DataException">It is missing, damaged or no result.</exception>
    public static ResultNode ReadResult(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ConfigurationException(File.Exists(folder)
                ? $"{folder} is a file; give the folder of a result, which 'trellis backtest' writes"
                : $"{folder} does not exist; give the folder of a result, which 'trellis backtest' writes");
        }

        var path = Path.Combine(folder, "result.json");
        var result = Parse(path, Text(folder, "result.json"));
        if (!result.Has("program") || !result.Has("schema_version"))
        {
            throw new DataException($"{path} is not a result of Trellis: 'program' or 'schema_version' is missing");
        }

        if (result["schema_version"].Number != SchemaVersion)
        {
            throw new DataException($"{path} has schema_version {result["schema_version"].Number}; this version of Trellis reads {SchemaVersion}");
        }

        ResultSums.Verify(folder, "result.json");
        return result;
    }

    /// <summary>The text of a file of a result.</summary>
    internal static string Text(string folder, string name)
    {
        try
        {
            // What has no length is empty, or no file that ends: a pipe, a device.
            if (new FileInfo(Path.Combine(folder, name)) is { Exists: true } info && (info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
            {
                throw new DataException($"{Path.Combine(folder, name)} is empty, or no regular file. Run the backtest again");
            }

            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (FileNotFoundException)
        {
            throw new DataException($"{folder} is not a whole result: {name} is missing. 'trellis backtest' writes result.json, fills.csv, equity.csv, chart.json and SHA256SUMS; run it again");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Path.Combine(folder, name)} can't be read: {error.Message}", error);
        }
    }

    private static ResultNode Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return new ResultNode(document.RootElement.Clone(), path, "");
        }
        catch (JsonException error)
        {
            throw new DataException($"{path} is damaged: it is no JSON from line {error.LineNumber + 1} on. Run the backtest again", error);
        }
    }
}
