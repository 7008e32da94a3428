using Trellis.Core.Options;

namespace Trellis.Core.Strategies.Signals;

/// <summary>The signals that a configuration can name: the built-in ones and those that plug-ins bring.</summary>
public sealed class SignalRegistry
{
    private readonly Dictionary<string, SignalDefinition> definitions = new(StringComparer.Ordinal);

    /// <param name="signals">Each with a name of its own.</param>
    /// <exception cref="ConfigurationException">Two have the same name.</exception>
    public SignalRegistry(params IReadOnlyList<SignalDefinition> signals)
    {
        foreach (var definition in signals)
        {
            if (!definitions.TryAdd(definition.Name, definition))
            {
                throw new ConfigurationException($"two signals are named '{definition.Name}'; each needs a name of its own");
            }
        }

        Definitions = [.. definitions.Values.OrderBy(definition => definition.Name, StringComparer.Ordinal)];
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<SignalDefinition> Definitions { get; }

    public IReadOnlyList<string> Names => [.. Definitions.Select(definition => definition.Name)];

    public static SignalRegistry BuiltIn() => new(SmaCross.Definition, RsiReversal.Definition, Breakout.Definition);

    /// <summary>The same and one more.</summary>
    /// <exception cref="ConfigurationException">Its name is taken.</exception>
    public SignalRegistry With(SignalDefinition definition) => new([.. Definitions, definition]);

    public SignalDefinition? Find(string name) => definitions.GetValueOrDefault(name);

    /// <exception cref="ConfigurationException">The name is unknown or the parameters do not fit.</exception>
    public ISignal Create(string name, NamedNumbers parameters) => Find(name) is { } definition
        ? definition.Create(parameters)
        : throw new ConfigurationException($"signal '{name}' is not known; allowed: {string.Join(", ", Names)}");
}
