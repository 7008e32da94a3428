using System.Text.Json;
using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Data;
using Trellis.Data.Format;
using Trellis.Simulator;

namespace Trellis.Cli.Simulator;

/// <summary>A small JSON file that appears, whole, when the simulator is ready; only its owner may read it.</summary>
internal sealed class ReadyFile
{
    private readonly string _path;

    private ReadyFile(string path) => _path = path;

    /// <summary>Removes what an earlier run left, so that nobody takes it for this one; null where no file is wanted.</summary>
    /// <exception cref="ConfigurationException">The name is empty, or a folder's.</exception>
    /// <exception cref="RunException">An old file can't be removed.</exception>
    public static ReadyFile? Prepare(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new ConfigurationException($"--ready-file {(path.Length == 0 ? "is empty" : $"{path} is a folder")}; allowed: the name of a file");
        }

        try
        {
            // Where not even its folder is there, there is nothing to remove.
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"--ready-file {path}: the old file can't be removed: {IoReason.Of(error)}", error);
        }

        return new ReadyFile(path);
    }

    public void Write(ExchangeSimulator simulator) => AtomicFile.Write(_path, stream =>
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        Write(writer, simulator);
    });

    private static void Write(Utf8JsonWriter writer, ExchangeSimulator simulator)
    {
        var options = simulator.Options;
        writer.WriteStartObject();
        writer.WriteString("exchange", options.Market.Listings.Exchange);
        writer.WriteString("host", simulator.EndPoint.Address.ToString());
        writer.WriteNumber("port", simulator.EndPoint.Port);
        writer.WriteString("rest", $"http://{simulator.EndPoint}");
        writer.WriteString("ws", $"ws://{simulator.EndPoint}");
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteString("control_token", options.ControlToken);
        writer.WriteStartArray("instruments");
        foreach (var instrument in simulator.Instruments)
        {
            writer.WriteStringValue(instrument.Instrument.Id.Symbol);
        }

        writer.WriteEndArray();
        writer.WriteString("speed", options.Market.Speed.ToString());
        writer.WriteString("fill_rule", options.Market.FillRule == FillRule.Book ? "book" : "candle");
        writer.WriteStartArray("accounts");
        foreach (var account in options.Accounts)
        {
            writer.WriteStartObject();
            writer.WriteString("name", account.Name);
            writer.WriteString("key", account.Key);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
    }
}
