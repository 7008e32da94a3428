using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Configuration;
using Trellis.Configuration.Model;
using Trellis.Configuration.Writing;
using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Cli.Live.Setup;

/// <summary>Everything that decides besides the inputs, as the journal keeps it: the part of the configuration that decisions depend on, and the instruments.</summary>
/// <param name="Configuration">A document as JSON, without where it runs, secrets, logs and backtests.</param>
/// <param name="Instruments">In the order of the markets.</param>
internal sealed record GenerationSettings(string Configuration, IReadOnlyList<Instrument> Instruments)
{
    /// <summary>The part of a document that decisions depend on.</summary>
    public static string Deciding(Document document) => DocumentWriter.ToJson(document with
    {
        Backtest = new BacktestOptions(),
        DryRun = false,
        Exchange = new ExchangeOptions { ReceiveWindowMs = document.Exchange.ReceiveWindowMs },
        Live = document.Live with { OnStop = OrdersOnStop.Keep },
        Storage = new StorageOptions(),
        Logs = new LogOptions(),
        Instruments = [.. document.Instruments.Select(instrument => instrument with { Generate = null, Funding = null })],
    });

    public string ToText() => JsonSerializer.Serialize(this, GenerationSettingsJson.Default.GenerationSettings);

    /// <exception cref="RunException">The text is none that this program can read.</exception>
    public static GenerationSettings Parse(string text, string account)
    {
        try
        {
            return JsonSerializer.Deserialize(text, GenerationSettingsJson.Default.GenerationSettings) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new RunException($"the settings in the journal of {account} can't be read: {exception.Message}; they were written by a newer program, or damaged", exception);
        }
    }

    /// <exception cref="ConfigurationException">This program does not take the document any more.</exception>
    public Document Document() => new ConfigurationLoader().LoadText("settings in the journal.json", Configuration).Document;
}

[JsonSerializable(typeof(GenerationSettings))]
internal sealed partial class GenerationSettingsJson : JsonSerializerContext;
