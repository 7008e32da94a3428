using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Trading;

/// <summary>
/// The decisions of one account: what its bots want, what the exchange says, and what follows. Pure and single-threaded:
/// state changes only in <see cref="Handle"/>, and equal inputs give equal effects.
/// </summary>
public sealed class TradingLoop
{
    public TradingLoop(TradingSettings settings) => Settings = settings;

    public TradingSettings Settings { get; }

    /// <summary>Takes an input up and appends what is to be done.</summary>
    /// <returns>
    /// Whether the input mattered: one that did not (a quote that only replaced the last one) need not be journaled before the next input of
    /// its market that does.
    /// </returns>
    public bool Handle(TradingInput input, List<TradingEffect> effects) => throw new NotSupportedException();
}
