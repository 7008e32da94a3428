using Trellis.Core.Matching;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets;

internal enum AgendaKind : byte
{
    Funding,
    Move,

    /// <summary>All instruments' candles pass at once.</summary>
    Candle,

    /// <summary>Only the clock runs.</summary>
    Time,
}

/// <summary>Something that the market does at an instant.</summary>
/// <param name="Time">Market time, Unix milliseconds.</param>
/// <param name="Place">Numbers the moves of an instrument within its candle.</param>
internal readonly record struct AgendaEntry(long Time, AgendaKind Kind, int Instrument, int Place, MarketMove Move, DueFunding Funding);

/// <summary>All that happens in one candle, in order.</summary>
internal sealed class MarketAgenda(MarketPlan plan)
{
    private readonly List<MarketMove> _moves = [];
    private readonly List<AgendaEntry> _entries = [];

    /// <summary>
    /// What happens in a candle: fundings first where they fall together with something. Moves of a path are a millisecond after the step's time,
    /// and one more for each instrument, so that no two share an instant and a market that was killed between two knows where it stood.
    /// </summary>
    /// <returns>A list that is good until the next call.</returns>
    public IReadOnlyList<AgendaEntry> Of(long candle, int steps)
    {
        _entries.Clear();
        var open = plan.OpenOf(candle);
        var length = plan.Interval.Milliseconds;
        for (var step = 0; step < steps; step++)
        {
            _entries.Add(new AgendaEntry(open + (length * step / steps), AgendaKind.Time, -1, step, default, default));
        }

        for (var instrument = 0; instrument < plan.Instruments.Count; instrument++)
        {
            AddFundings(instrument, open, open + length);
            if (plan.Options.FillRule == FillRule.Book)
            {
                AddMoves(instrument, candle, open, steps);
            }
        }

        if (plan.Options.FillRule == FillRule.Candle)
        {
            _entries.Add(new AgendaEntry(open + length - 1, AgendaKind.Candle, -1, 0, default, default));
        }

        // The kinds are in the order in which they happen at one instant; a stable order keeps the rest.
        var sorted = _entries.OrderBy(entry => entry.Time).ThenBy(entry => entry.Kind).ToList();
        _entries.Clear();
        _entries.AddRange(sorted);
        return _entries;
    }

    private void AddFundings(int instrument, long open, long end)
    {
        for (var due = plan.Funding(instrument).NextFrom(open); due.Time < end; due = plan.Funding(instrument).NextFrom(due.Time + 1))
        {
            _entries.Add(new AgendaEntry(due.Time, AgendaKind.Funding, instrument, 0, default, due));
        }
    }

    private void AddMoves(int instrument, long candle, long open, int steps)
    {
        _moves.Clear();
        plan.Feed(instrument).MovesIn(candle, steps, _moves);
        for (var i = 0; i < _moves.Count; i++)
        {
            var own = _moves[i].Aggressor is null ? 1 + instrument : 0;
            _entries.Add(new AgendaEntry(open + _moves[i].Offset + own, AgendaKind.Move, instrument, i, _moves[i], default));
        }
    }
}
