using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

public enum PositionMode
{
    /// <summary>One net position per instrument.</summary>
    OneWay,

    /// <summary>A long and a short position per instrument, side by side.</summary>
    Hedge,
}

/// <summary>The wallet of a run.</summary>
[Meaning("The wallet that all bots share.")]
public sealed record AccountOptions
{
    [Meaning("Money in the wallet at the start, in quote currency.", Example = "10000")]
    [Bounds(Above = "0")]
    public required decimal Balance { get; init; }

    [Meaning("one_way: one net position per instrument; hedge: a long and a short one side by side.", Example = "one_way")]
    public PositionMode PositionMode { get; init; } = PositionMode.OneWay;
}
