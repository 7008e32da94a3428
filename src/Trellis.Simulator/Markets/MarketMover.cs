using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets;

/// <summary>Turns what the market does into commands of the exchange.</summary>
internal sealed class MarketMover
{
    private readonly Lock _gate = new();
    private readonly MarketPlan _plan;
    private readonly SimulatedExchange _exchange;
    private readonly MarketDataStore _store;
    private readonly Action<string> _say;
    private readonly Course[] _courses;

    public MarketMover(MarketPlan plan, SimulatedExchange exchange, MarketDataStore store, Action<string> say)
    {
        _plan = plan;
        _exchange = exchange;
        _store = store;
        _say = say;
        _courses = [.. plan.Instruments.Select((instrument, i) => new Course(instrument, exchange.Read(engine => engine.MarkPrice(i)), plan.Options.Seed))];
    }

    /// <summary>Takes up where a kept exchange stood: prices that had been moved by hand stay moved.</summary>
    /// <param name="candle">The candle that is under way.</param>
    /// <param name="time">The exchange's clock.</param>
    public void Resume(long candle, long time)
    {
        var moves = new List<MarketMove>();
        for (var i = 0; i < _courses.Length; i++)
        {
            for (var back = candle; back >= Math.Max(0, candle - 1) && _courses[i].Path is null; back--)
            {
                moves.Clear();
                _plan.Feed(i).MovesIn(back, CandlePath.FewestSteps, moves);
                var last = moves.FindLastIndex(move => _plan.OpenOf(back) + move.Offset + 1 + i <= time);
                _courses[i].Path = last >= 0 ? moves[last].Price : null;
            }

            if (_courses[i].Path is { } path)
            {
                // The index is the path's price but for a price set by hand; within a candle's range it is the path at another step.
                var index = _exchange.Read(engine => engine.IndexPrice(i));
                var nearest = moves.MinBy(move => Math.Abs(move.Price - index)).Price;
                _courses[i].Ratio = moves.Min(move => move.Price) <= index && index <= moves.Max(move => move.Price) ? 1 : index / nearest;
            }
        }
    }

    public void Move(in AgendaEntry entry, long candle)
    {
        var course = _courses[entry.Instrument];
        lock (_gate)
        {
            var price = course.Follow(entry.Move.Price);
            var (time, instrument, move) = (entry.Time, entry.Instrument, entry.Move);
            var shape = unchecked(course.Shape + (candle * 4_096) + entry.Place);
            if (move.Aggressor is { } aggressor)
            {
                Do(now => new TradeOutside(Math.Max(now, time), instrument, aggressor, price, move.Volume));
                Do(now => new MoveMarket(Math.Max(now, time), instrument, price, 0, shape));
            }
            else
            {
                if (entry.Place == 0)
                {
                    // What lies between two candles was traded in neither: the market jumps, and only then the volume of the open is printed.
                    Do(now => new MoveMarket(Math.Max(now, time), instrument, price, 0, shape));
                }

                Do(now => new MoveMarket(Math.Max(now, time), instrument, price, move.Volume, shape));
            }

            Mark(course, instrument, price, time);
        }
    }

    /// <summary>Moves an instrument to a price at once; its path goes on from there, every price in the same proportion.</summary>
    /// <exception cref="RunException">The instrument has no price to move from yet.</exception>
    public decimal MoveTo(int instrument, decimal price, long time)
    {
        var course = _courses[instrument];
        lock (_gate)
        {
            var target = course.Grid.Nearest(price);
            course.Ratio = target / (course.Path ?? _plan.Instruments[instrument].StartPrice);
            Do(now => new MoveMarket(Math.Max(now, time), instrument, target, course.Grid.Lot, unchecked(course.Shape + time)));
            Mark(course, instrument, target, time);
            return target;
        }
    }

    public void Pass(in AgendaEntry entry, long candle)
    {
        var candles = new CandlePrices?[_courses.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            if (_plan.Feed(i).CandleAt(candle) is { } data)
            {
                candles[i] = new CandlePrices(data.Open, data.High, data.Low, data.Close, data.Volume);
                _courses[i].Path = data.Close;
            }
        }

        var time = entry.Time;
        Do(now => new PassCandle(Math.Max(now, time), _plan.OpenOf(candle), candles));
    }

    public void Settle(in AgendaEntry entry, long candle)
    {
        var (time, instrument, due) = (entry.Time, entry.Instrument, entry.Funding);
        if ((due.Rate ?? DefaultRate(instrument)) is not { } rate)
        {
            return;
        }

        var mark = FundingPrice(instrument, candle, due);
        Do(now => new SettleFunding(Math.Max(now, time), instrument, rate, mark));
    }

    public void LetTimePass(long time) => Do(now => new PassTime(Math.Max(now, time)));

    /// <summary>Says which rate the next funding will pay.</summary>
    public void Announce(long time)
    {
        for (var i = 0; i < _courses.Length; i++)
        {
            var due = _plan.Funding(i).NextFrom(time + 1);
            _store.SetFunding(i, due.Rate ?? DefaultRate(i) ?? 0, due.Time);
        }
    }

    /// <summary>Without recorded rates: the premium's, or none where the market is a backtest's, which has no funding without a file.</summary>
    private decimal? DefaultRate(int instrument) => _plan.Options.FillRule == FillRule.Candle ? null : _courses[instrument].Pricer.Rate();

    /// <summary>By the backtest's rule the recorded mark price in the price unit, or else the candle's open; by the book's the market's own mark price in its place.</summary>
    private decimal FundingPrice(int instrument, long candle, in DueFunding due)
    {
        if (due.MarkPrice is { } recorded)
        {
            var definition = _plan.Instruments[instrument];
            var unit = new InstrumentUnits(definition.Instrument, definition.DataDecimals).ToPrice(1);
            return (decimal.Floor((recorded / unit) + 0.5m)) * unit;
        }

        return _plan.Options.FillRule == FillRule.Candle
            ? _plan.Feed(instrument).CandleAt(candle)?.Open ?? _exchange.Read(engine => engine.LastPrice(instrument))
            : _exchange.Read(engine => engine.MarkPrice(instrument));
    }

    private void Mark(Course course, int instrument, decimal index, long time)
    {
        course.Pricer.Follow(index, time);
        var mark = course.Pricer.Mark;
        Do(now => new SetMarkPrice(Math.Max(now, time), instrument, mark, index));
    }

    private void Do(Func<long, MatchingCommand> command)
    {
        MatchingCommand? made = null;
        if (!_exchange.Execute<object>(now => made = command(now)).Succeeded(out _, out var refusal))
        {
            _say($"the exchange refused what the market did: {made!.GetType().Name}: {refusal.Reason}: {refusal.Detail}");
        }
    }

    /// <summary>The price of one instrument on its way.</summary>
    private sealed class Course
    {
        public Course(MatchingInstrument instrument, decimal mark, long seed)
        {
            Grid = new PriceGrid(instrument.Instrument.Rules.Max(rules => rules.TickSize), instrument.Instrument.Rules.Max(rules => rules.LotSize));
            var spare = Money.Decimals - InstrumentUnits.DecimalsOf(Grid.Tick) - InstrumentUnits.DecimalsOf(Grid.Lot) - InstrumentUnits.DecimalsOf(instrument.Instrument.ContractMultiplier);
            Pricer = new MarkPricer(mark, InstrumentUnits.DecimalsOf(Grid.Tick) + Math.Clamp(spare, 0, 2));
            Shape = unchecked((long)StableHash.Of(instrument.Instrument.Id.Symbol, seed));
        }

        public PriceGrid Grid { get; }

        public MarkPricer Pricer { get; }

        public long Shape { get; }

        /// <summary>What a hand set, as a multiple of the path.</summary>
        public decimal Ratio { get; set; } = 1;

        /// <summary>The path's last price, in the data; null before the first.</summary>
        public decimal? Path { get; set; }

        public decimal Follow(decimal path)
        {
            Path = path;
            return Ratio == 1 ? path : Grid.Nearest(path * Ratio);
        }
    }
}
