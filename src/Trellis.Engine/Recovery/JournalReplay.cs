using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Journal;

namespace Trellis.Engine.Recovery;

/// <summary>Feeds a journal to a fresh loop, which is then what it was; and demands that every input has the effects that it had.</summary>
public static class JournalReplay
{
    /// <param name="loop">Fresh, of the settings of the journal's generation.</param>
    /// <param name="journal">Its inputs since the generation began are fed.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="StorageException">An input is missing or can't be read.</exception>
    public static async Task<Replay> RunAsync(TradingLoop loop, IJournal journal, CancellationToken cancellation)
    {
        var effects = new List<TradingEffect>();
        var lastCandles = new long[loop.Settings.Markets.Count];
        Array.Fill(lastCandles, long.MinValue);
        var lastRules = new InstrumentRules?[lastCandles.Length];
        var (inputs, lastTime, fingerprint) = (0L, 0L, "");
        await foreach (var (sequence, input, hash) in journal.ReadAsync(journal.Generation?.After ?? 0, cancellation))
        {
            effects.Clear();
            var mattered = loop.Handle(input, effects);
            inputs++;
            lastTime = Math.Max(lastTime, input.Time);
            switch (input)
            {
                case Started started:
                    fingerprint = started.Fingerprint;
                    break;
                case RulesChanged changed:
                    lastRules[changed.Market] = changed.Rules;
                    break;
                case CandleClosed closed:
                    lastCandles[closed.Market] = Math.Max(lastCandles[closed.Market], closed.Candle.OpenTime);
                    break;
            }

            var now = EffectsHash.Of(mattered ? effects : []);
            if (now != hash)
            {
                return new Replay(inputs, lastTime, lastCandles, lastRules, fingerprint, new ReplayDifference(sequence, input, hash, now, [.. effects]));
            }
        }

        return new Replay(inputs, lastTime, lastCandles, lastRules, fingerprint, null);
    }
}

/// <summary>What a replay came to.</summary>
/// <param name="Inputs">How many were fed.</param>
/// <param name="LastTime">Of the last input, Unix milliseconds; 0 for none.</param>
/// <param name="LastCandles">Open times, by market; the least there is for none.</param>
/// <param name="LastRules">As they last changed, by market; null where they never did.</param>
/// <param name="Fingerprint">Of the program that last began on this journal; empty for none.</param>
/// <param name="Difference">The first one; null where all was as it had been.</param>
public sealed record Replay(long Inputs, long LastTime, IReadOnlyList<long> LastCandles, IReadOnlyList<InstrumentRules?> LastRules, string Fingerprint, ReplayDifference? Difference);

/// <summary>An input that had other effects than when it was journaled; nothing behind it was fed.</summary>
public sealed record ReplayDifference(long Sequence, TradingInput Input, ulong JournaledHash, ulong Hash, IReadOnlyList<TradingEffect> Effects);
