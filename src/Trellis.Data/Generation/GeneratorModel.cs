namespace Trellis.Data.Generation;

/// <summary>How generated prices move; docs/data.md has every formula.</summary>
public enum GeneratorModel
{
    /// <summary>Independent steps without drift.</summary>
    RandomWalk,

    /// <summary>Steps that are drawn back to the start price, half of the way in a day.</summary>
    MeanReversion,

    /// <summary>Calm, rising, falling and crashing markets that take turns.</summary>
    Regimes,

    /// <summary>A random walk with sudden gaps between candles, four a day.</summary>
    Jumps,
}
