using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Observing;

/// <summary>Someone who wants to know what an engine does: logs, screens, notifications. Called in order, from the loop; must return at once and never throw.</summary>
public interface IEngineObserver
{
    /// <summary>An input was taken up; the effects that followed are about to be carried out.</summary>
    void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects);

    /// <summary>Something that is not a decision: streams, storage, the machine.</summary>
    void Noticed(EngineNotice notice);
}

/// <summary>News of the engine itself.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Code">Stable, lower case with hyphens; docs/alerts.md has all.</param>
/// <param name="Text">For people.</param>
public sealed record EngineNotice(long Time, AlertLevel Level, string Code, string Text);
