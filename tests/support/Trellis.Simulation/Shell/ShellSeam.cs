using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Simulation.Shell;

/// <summary>Where a test can make the shell do wrong, to see that the invariants notice. As it is, it does what a shell has to.</summary>
public class ShellSeam
{
    /// <summary>Journals the latest unwritten quotes before an input.</summary>
    public virtual bool KeepsQuotes => true;

    public virtual bool MayLeaveBeforeCommit(TradingEffect effect) => effect.MayLeaveBeforeCommit;

    /// <summary>What leaves where an effect should; null for the effect itself.</summary>
    public virtual IEnumerable<TradingEffect>? Carry(TradingEffect effect) => null;

    /// <summary>What the loop is told where it should be told an input; null for the input itself.</summary>
    public virtual IEnumerable<TradingInput>? Tell(TradingInput input) => null;

    /// <summary>What leaves when an answer has come, besides what the loop wants; null for nothing.</summary>
    public virtual IEnumerable<TradingEffect>? AfterAnswer(PlaceAnswered answered) => null;

    public virtual VenueSnapshot Show(VenueSnapshot snapshot) => snapshot;
}
