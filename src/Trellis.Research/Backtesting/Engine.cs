namespace Trellis.Research.Backtesting;

/// <summary>How a run finds the candles that matter; every engine gives the same outcome, to the bit.</summary>
public enum Engine
{
    /// <summary>Skips, and changes to plain where events are dense.</summary>
    Auto,

    /// <summary>Looks at each candle against the nearest prices of the standing plans.</summary>
    Plain,

    /// <summary>Jumps to the next candle that could matter.</summary>
    Skip,

    /// <summary>Asks every bot at every close and tests every order in every candle; slow and obviously right.</summary>
    Reference,
}
