using Trellis.Bench.Measuring;

namespace Trellis.Bench.Topics;

/// <summary>One thing to measure beside its baseline.</summary>
internal interface ITopic
{
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Summary { get; }

    /// <summary>Takes so long that it runs at full length only where it is asked for by name.</summary>
    bool IsLong => false;

    /// <summary>What of the runtime's settings it is measured under, where those are not the bench's own.</summary>
    RuntimeSettings Settings => RuntimeSettings.OfTheBench;

    /// <param name="quick">Fewer cases and rounds.</param>
    void Run(bool quick, TextWriter output);
}
