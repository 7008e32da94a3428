namespace Trellis.Core.Strategies;

/// <summary>A setting of a strategy that its instrument or its wallet does not allow.</summary>
/// <param name="Key">The setting, as it is written in a configuration.</param>
/// <param name="Message">What is wrong, and which value would do.</param>
public sealed record StrategyProblem(string Key, string Message);
