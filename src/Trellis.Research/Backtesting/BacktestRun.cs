using Trellis.Core.Accounts;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting.Execution;

namespace Trellis.Research.Backtesting;

/// <summary>
/// A backtest in progress. It can be advanced in pieces of any size and by any engine; the outcome is that of one piece.
/// </summary>
public sealed class BacktestRun
{
    private readonly BacktestSetup setup;
    private readonly IStrategy[] strategies;
    private readonly Lane[] lanes;
    private readonly Bot[] bots;
    private readonly EntryLog entries;
    private readonly Account account;
    private readonly DrawdownTracker drawdown;
    private readonly CandleStep step;
    private readonly CandleSeeker seeker;

    /// <param name="setup">What to run.</param>
    /// <param name="engine">Not <see cref="Engine.Reference"/>, which has no pieces: see the reference executor.</param>
    /// <exception cref="Core.TrellisException">The setup does not fit its data.</exception>
    public BacktestRun(BacktestSetup setup, Engine engine)
    {
        this.setup = setup;
        Range = RunRange.Of(setup);
        strategies = [.. setup.Bots.Select(bot => bot.Strategy())];
        lanes = [.. CreateLanes()];
        entries = new EntryLog(setup.StartBalance, lanes, Range);
        drawdown = new DrawdownTracker(lanes, setup.StartBalance);
        account = new Account(lanes, setup.StartBalance, entries, drawdown);
        bots = [.. strategies.Select(CreateBot)];
        step = new CandleStep(setup, Range, lanes, bots, account, new LiquidationWatch(lanes, account));
        seeker = new CandleSeeker(lanes, engine);
    }

    public RunRange Range { get; }

    /// <summary>Candles that have been taken in.</summary>
    public int Position { get; private set; }

    /// <summary>Candles that were looked at because something could happen in them.</summary>
    public long Events { get; private set; }

    public bool IsFinished => Position == Range.Count;

    /// <summary>Takes in all candles before this one.</summary>
    /// <param name="candle">At most the count of the range; nothing happens where it is not ahead.</param>
    public void AdvanceTo(int candle)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(candle, Range.Count);
        if (Position == 0 && candle > 0)
        {
            step.Start();
            Position = 1;
        }

        while (Position < candle && step.LiquidatedAt is null)
        {
            var next = seeker.Next(Position, candle);
            if (next >= candle)
            {
                break;
            }

            Events++;
            step.Run(next);
            Position = next + 1;
        }

        Position = Math.Max(Position, candle);
    }

    /// <summary>Takes in all that is left and sums up.</summary>
    public RunOutcome Finish()
    {
        AdvanceTo(Range.Count);
        drawdown.AdvanceTo(Range.Count, account.Cash);
        var equity = account.Cash;
        var closes = Array.ConvertAll(lanes, lane => lane.Candles.Close.Span[Range.Count - 1 + lane.Offset]);
        foreach (var lane in lanes)
        {
            equity += lane.ValueAt(closes[lane.Index]);
        }

        return new RunOutcome
        {
            Range = Range,
            Entries = entries,
            StartBalance = setup.StartBalance,
            Closing = new Lazy<ClosingBooks>(() => Close(closes)),
            Equity = new Money(equity),
            MaxDrawdown = drawdown.Result(),
            Refusals = account.Refusals,
            LiquidatedAt = step.LiquidatedAt,
            Standing = [.. lanes.SelectMany(lane => StandingOrder.Of(lane.Index, lane.Plan))],
            Reports = [.. bots.Select(bot => bot.Strategy.Report())],
            Strategies = strategies,
        };
    }

    /// <param name="closes">The last of each lane: the candles may be gone by the time that somebody asks.</param>
    private ClosingBooks Close(int[] closes)
    {
        var books = entries.Books();
        var positions = new List<OpenPosition>();
        foreach (var lane in lanes)
        {
            Add(lane, books.PositionOf(lane, second: false));
            Add(lane, books.PositionOf(lane, second: true));
        }

        return new ClosingBooks(new Money(books.Wallet), positions);

        void Add(Lane lane, Position position)
        {
            if (position.Size != 0)
            {
                var unrealized = Math.BigMul(closes[lane.Index] * lane.Factor, position.Size) + position.SignedCost;
                positions.Add(new OpenPosition(lane.Index, position.Size, new Money(position.Cost), new Money(unrealized)));
            }
        }
    }

    private IEnumerable<Lane> CreateLanes()
    {
        var index = 0;
        foreach (var (bot, strategy) in setup.Bots.Zip(strategies))
        {
            for (var i = 0; i < bot.Lanes.Count; i++)
            {
                yield return new Lane(index++, i, bot, bot.Lanes[i], Range, strategy, setup.HedgeMode);
            }
        }
    }

    private Bot CreateBot(IStrategy strategy, int index)
    {
        var before = setup.Bots.Take(index).Sum(bot => bot.Lanes.Count);
        Lane[] own = [.. lanes.Skip(before).Take(setup.Bots[index].Lanes.Count)];
        var bot = new Bot(strategy, new DecisionContext([.. own.Select(lane => lane.View)], account), own);
        foreach (var lane in own)
        {
            lane.Bot = bot;
        }

        return bot;
    }
}
