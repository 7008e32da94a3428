using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Simulation.Shell;

/// <summary>What the shell has written down: every input with what followed from it. The part that is not committed goes with the process.</summary>
public sealed class Journal
{
    private readonly List<(TradingInput Input, TradingEffect[] Effects)> entries = [];
    private int kept = int.MaxValue;

    public IReadOnlyList<(TradingInput Input, TradingEffect[] Effects)> Entries => entries;

    /// <summary>So many of the entries, at least, have stood since this was asked last: none of them was lost, not even for another in its place.</summary>
    public int TakeKept()
    {
        var stood = kept;
        kept = int.MaxValue;
        return stood;
    }

    /// <summary>So many of the entries survive the process.</summary>
    public int Committed { get; private set; }

    /// <returns>The effects, as they are kept.</returns>
    public TradingEffect[] Add(TradingInput input, List<TradingEffect> effects)
    {
        var copy = effects.Count == 0 ? [] : effects.ToArray();
        entries.Add((input, copy));
        return copy;
    }

    /// <summary>An input that nothing followed from.</summary>
    public void Add(TradingInput input) => entries.Add((input, []));

    public void Commit() => Committed = entries.Count;

    /// <summary>The process is gone.</summary>
    public void LoseTail()
    {
        kept = Math.Min(kept, Committed);
        entries.RemoveRange(Committed, entries.Count - Committed);
    }

    /// <summary>A fresh loop, fed all inputs; demands the same effects.</summary>
    /// <exception cref="InvariantException">Something else followed this time.</exception>
    public TradingLoop Replay(TradingSettings settings)
    {
        var loop = new TradingLoop(settings);
        var effects = new List<TradingEffect>();
        for (var i = 0; i < entries.Count; i++)
        {
            effects.Clear();
            loop.Handle(entries[i].Input, effects);
            EffectComparison.Demand(entries[i].Effects, effects, i, entries[i].Input);
        }

        return loop;
    }
}
