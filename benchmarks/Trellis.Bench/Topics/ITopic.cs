namespace Trellis.Bench.Topics;

/// <summary>One thing to measure beside its baseline.</summary>
internal interface ITopic
{
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Summary { get; }

    /// <summary>Takes so long that it runs at full length only where it is asked for by name.</summary>
    bool IsLong => false;

    /// <summary>Measures a part of the running program, and so under that program's own settings: it starts without a profile to optimize by.</summary>
    bool IsOfTheProgram => false;

    /// <param name="quick">Fewer cases and rounds.</param>
    void Run(bool quick, TextWriter output);
}
