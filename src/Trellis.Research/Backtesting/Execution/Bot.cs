using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>A strategy with its lanes in a run.</summary>
internal sealed class Bot(IStrategy strategy, DecisionContext context, Lane[] lanes)
{
    public IStrategy Strategy { get; } = strategy;

    public DecisionContext Context { get; } = context;

    public Lane[] Lanes { get; } = lanes;
}
