using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.News;

/// <summary>What an observer was told, as it was told: cheap to take on the trading thread, put into words on another.</summary>
/// <param name="Sequence">Of the input; 0 for a notice.</param>
/// <param name="Input">Null for a notice.</param>
/// <param name="Notice">Null for an input.</param>
internal readonly record struct Step(long Sequence, TradingInput? Input, IReadOnlyList<TradingEffect> Effects, EngineNotice? Notice)
{
    public Step(EngineNotice notice)
        : this(0, null, [], notice)
    {
    }
}
