namespace Trellis.Bench.Topics;

/// <summary>One thing to measure beside its baseline.</summary>
internal interface ITopic
{
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Summary { get; }

    /// <param name="quick">Fewer cases and rounds.</param>
    void Run(bool quick, TextWriter output);
}
