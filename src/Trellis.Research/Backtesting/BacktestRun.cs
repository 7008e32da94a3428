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
        var allLanes = new List<Lane>();
        bots = [.. setup.Bots.Select(bot => CreateBot(bot, allLanes))];
        lanes = [.. allLanes];
        entries = new EntryLog(setup.StartBalance, lanes, Range);
        drawdown = new DrawdownTracker(lanes, setup.StartBalance);
        account = new Account(lanes, setup.StartBalance, entries, drawdown);
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
        drawdown.AdvanceTo(Range.Count, account.Wallet);
        var positions = new List<OpenPosition>();
        var equity = account.Wallet;
        foreach (var lane in lanes)
        {
            var close = lane.Candles.Close.Span[Range.Count - 1 + lane.Offset];
            equity += lane.UnrealizedAt(close);
            AddPosition(positions, lane, lane.First, close);
            AddPosition(positions, lane, lane.Second, close);
        }

        return new RunOutcome
        {
            Range = Range,
            Entries = entries,
            StartBalance = setup.StartBalance,
            Wallet = new Money(account.Wallet),
            Equity = new Money(equity),
            MaxDrawdown = drawdown.Result(),
            Refusals = account.Refusals,
            LiquidatedAt = step.LiquidatedAt,
            Positions = positions,
            Standing = [.. lanes.SelectMany(lane => StandingOrder.Of(lane.Index, lane.Plan))],
            Reports = [.. bots.Select(bot => bot.Strategy.Report())],
            Strategies = [.. bots.Select(bot => bot.Strategy)],
        };
    }

    private static void AddPosition(List<OpenPosition> positions, Lane lane, Position position, int close)
    {
        if (position.Size != 0)
        {
            var unrealized = Math.BigMul(close * lane.Factor, position.Size) + position.SignedCost;
            positions.Add(new OpenPosition(lane.Index, position.Size, new Money(position.Cost), new Money(unrealized)));
        }
    }

    private Bot CreateBot(BotSetup botSetup, List<Lane> allLanes)
    {
        var strategy = botSetup.Strategy();
        var own = new Lane[botSetup.Lanes.Count];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = new Lane(allLanes.Count, i, botSetup, botSetup.Lanes[i], Range, strategy, setup.HedgeMode);
            allLanes.Add(own[i]);
        }

        var bot = new Bot(strategy, new DecisionContext([.. own.Select(lane => lane.View)]), own);
        foreach (var lane in own)
        {
            lane.Bot = bot;
        }

        return bot;
    }
}
