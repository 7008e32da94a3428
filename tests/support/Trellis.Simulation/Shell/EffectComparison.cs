using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Simulation.Shell;

/// <summary>Whether a replay did the same: by value, lists included.</summary>
internal static class EffectComparison
{
    /// <exception cref="InvariantException">The effects differ.</exception>
    public static void Demand(TradingEffect[] then, List<TradingEffect> now, int number, TradingInput input)
    {
        for (var i = 0; i < Math.Max(then.Length, now.Count); i++)
        {
            if (i >= then.Length || i >= now.Count || !Same(then[i], now[i]))
            {
                throw new InvariantException(
                    "a replay does what was done",
                    $"input {number} {input}, effect {i}: then {(i < then.Length ? then[i] : "nothing")}, now {(i < now.Count ? now[i] : "nothing")}");
            }
        }
    }

    private static bool Same(TradingEffect then, TradingEffect now) => (then, now) switch
    {
        (LedgerPosted a, LedgerPosted b) =>
            a.Time == b.Time && a.Reference == b.Reference && a.Entry.Text == b.Entry.Text && a.Entry.Postings.SequenceEqual(b.Entry.Postings),
        (Reconcile a, Reconcile b) => a.Reconciliation == b.Reconciliation && a.Since == b.Since && a.ClientOrderIds.SequenceEqual(b.ClientOrderIds),
        _ => then == now,
    };
}
