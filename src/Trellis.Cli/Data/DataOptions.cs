using System.CommandLine;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Store;

namespace Trellis.Cli.Data;

/// <summary>Options that several data commands share.</summary>
internal static class DataOptions
{
    public static Option<string?> Store() => new("--store")
    {
        Description = $"Folder of the candle store; default: the environment's {StoreLocation.Variable}, else ~/.trellis/candles",
        HelpName = "DIR",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for machines" };

    public static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };

    public static Option<string> Optional(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    /// <exception cref="ConfigurationException">The folder is given and empty, or a file.</exception>
    public static CandleStore StoreOf(string? directory)
    {
        if (directory is not null && string.IsNullOrWhiteSpace(directory))
        {
            throw new ConfigurationException("--store is empty; allowed: a folder, or leave it out");
        }

        return File.Exists(directory)
            ? throw new ConfigurationException($"--store {directory} is a file; allowed: a folder")
            : new CandleStore(directory ?? StoreLocation.Default(Environment.GetEnvironmentVariable));
    }

    /// <exception cref="ConfigurationException">The market is neither spot nor perp.</exception>
    public static InstrumentId Instrument(string exchange, string market, string symbol) => new(
        exchange,
        market switch
        {
            "spot" => MarketKind.Spot,
            "perp" => MarketKind.Perp,
            _ => throw new ConfigurationException($"--market '{market}' is not known; allowed: spot, perp"),
        },
        symbol);
}
