using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets;

/// <summary>
/// A market before it runs: its instruments, where their prices come from, and how its time lies to the data's. Candles are numbered
/// from 0, the first of the history, on one grid for all instruments.
/// </summary>
public sealed class MarketPlan
{
    private readonly IReadOnlyList<IMarketFeed> _feeds;
    private readonly IReadOnlyList<FundingSchedule> _fundings;

    internal MarketPlan(MarketOptions options, MarketAnchor anchor, IReadOnlyList<MatchingInstrument> instruments, IReadOnlyList<IMarketFeed> feeds, IReadOnlyList<FundingSchedule> fundings)
    {
        Options = options;
        Anchor = anchor;
        Instruments = instruments;
        _feeds = feeds;
        _fundings = fundings;
    }

    public MarketOptions Options { get; }

    /// <summary>To be kept with the exchange's state; <see cref="Load"/> takes it back.</summary>
    public MarketAnchor Anchor { get; }

    /// <summary>In the order in which the exchange numbers them; start prices are those of the last candle before the start.</summary>
    public IReadOnlyList<MatchingInstrument> Instruments { get; }

    public required Interval Interval { get; init; }

    /// <summary>How many candles there are, the history's included; <see cref="long.MaxValue"/> where they never end.</summary>
    public required long Candles { get; init; }

    /// <summary>How many candles lie before the start.</summary>
    public required long HistoryCandles { get; init; }

    /// <summary>What a person should know at the start: sources, holes, the shift of time, rules that were refined.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Market time at which the first candle behind the history opens, Unix milliseconds.</summary>
    public long StartTime => OpenOf(HistoryCandles);

    public bool IsEndless => Candles == long.MaxValue;

    public MatchingSettings Settings => new()
    {
        Instruments = Instruments,
        FillRule = Options.FillRule,
        SlippagePercent = Options.SlippagePercent,
        StartTime = StartTime,
    };

    /// <param name="now">The time of day, at which a market at a speed of numbers starts.</param>
    /// <param name="kept">Where the market was put when its state was first kept; null for a new market.</param>
    /// <exception cref="Core.ConfigurationException">An option is wrong, or the kept market is another one.</exception>
    /// <exception cref="Core.DataException">A file can't be read, or the data have no time in common.</exception>
    public static MarketPlan Load(MarketOptions options, DateTimeOffset now, MarketAnchor? kept = null) => new MarketLoader(options, now, kept).Load();

    /// <summary>Index of an instrument by its symbol; −1 where there is none.</summary>
    public int IndexOf(string symbol)
    {
        for (var i = 0; i < Instruments.Count; i++)
        {
            if (Instruments[i].Instrument.Id.Symbol == symbol)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>1-minute candles from the data's path up to an instant, oldest first, on an unbroken grid; as many as the options say, or fewer where the data begin later.</summary>
    /// <param name="until">Market time: a multiple of a minute; <see cref="StartTime"/> at a first start.</param>
    public IReadOnlyList<Kline> History(int instrument, long until)
    {
        var first = Math.Max(0, (until - Anchor.FirstOpen - (Options.HistoryMinutes * MinuteFolder.Minute)) / Interval.Milliseconds);
        return Fold(_feeds[instrument], first, until);
    }

    /// <summary>Market time at which a candle opens.</summary>
    internal long OpenOf(long candle) => Anchor.FirstOpen + (candle * Interval.Milliseconds);

    internal IMarketFeed Feed(int instrument) => _feeds[instrument];

    internal FundingSchedule Funding(int instrument) => _fundings[instrument];

    private List<Kline> Fold(IMarketFeed feed, long first, long until)
    {
        var folder = new MinuteFolder();
        var moves = new List<MarketMove>();
        var steps = (int)Math.Max(CandlePath.FewestSteps, CandlePath.FewestSteps * Interval.Milliseconds / MinuteFolder.Minute);
        for (var candle = first; candle < Candles && OpenOf(candle) < until; candle++)
        {
            moves.Clear();
            feed.MovesIn(candle, steps, moves);
            foreach (var move in moves)
            {
                var time = OpenOf(candle) + move.Offset;
                if (time < until)
                {
                    folder.Add(time, move);
                }
            }
        }

        return [.. folder.Finish(until)];
    }
}
