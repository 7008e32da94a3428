namespace Trellis.Core.Matching.Trading;

/// <summary>The numbers that the exchange has given out last.</summary>
internal sealed class Sequences
{
    public long Order { get; set; }

    public long Conditional { get; set; }

    public long Income { get; set; }

    public long Priority { get; set; }
}
