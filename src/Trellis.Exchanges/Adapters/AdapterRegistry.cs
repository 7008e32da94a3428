using System.Diagnostics.CodeAnalysis;
using Trellis.Core;

namespace Trellis.Exchanges.Adapters;

/// <summary>What an adapter is made from.</summary>
public sealed record AdapterOptions
{
    public required ExchangeEnvironment Environment { get; init; }

    /// <summary>Base address instead of the environment's own, such as <c>http://127.0.0.1:8080</c>; null for the official one.</summary>
    public Uri? Address { get; init; }

    /// <summary>Empty where only market data is wanted.</summary>
    public string ApiKey { get; init; } = "";

    public string ApiSecret { get; init; } = "";

    public string Passphrase { get; init; } = "";

    /// <summary>Poll instead of streams.</summary>
    public bool PollOnly { get; init; }

    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A stream without data for this long counts as lost.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old an order may be when the exchange takes it, milliseconds. Other requests may be 5,000 at least.</summary>
    public int ReceiveWindow { get; init; } = 1_500;
}

/// <summary>Adapters by name.</summary>
public sealed class AdapterRegistry
{
    private readonly Dictionary<string, Func<AdapterOptions, TimeProvider, IExchangeAdapter>> _makers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _makers.Keys;

    public AdapterRegistry Add(string name, Func<AdapterOptions, TimeProvider, IExchangeAdapter> make)
    {
        _makers.Add(name, make);
        return this;
    }

    /// <exception cref="ConfigurationException">No such adapter.</exception>
    public IExchangeAdapter Create(string name, AdapterOptions options, TimeProvider time) => TryFind(name, out var make)
        ? make(options, time)
        : throw new ConfigurationException($"exchange '{name}' is not known; allowed: {string.Join(", ", _makers.Keys.Order(StringComparer.Ordinal))}");

    private bool TryFind(string name, [NotNullWhen(true)] out Func<AdapterOptions, TimeProvider, IExchangeAdapter>? make) => _makers.TryGetValue(name, out make);
}
