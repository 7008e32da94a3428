using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Inputs;
using Trellis.Simulation.Checks;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Faults;
using Trellis.Simulation.Scenarios;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation;

/// <summary>One simulated account: exchange, markets, hand, operator, shell and loop on one virtual clock.</summary>
internal sealed class World
{
    /// <summary>Length of the candles, milliseconds.</summary>
    public const long Candle = 3 * Minute;

    public const long Start = 1_700_000_100_000 / Candle * Candle;
    public const long Hour = 60 * Minute;

    /// <summary>With the candles it makes 70 market events in an hour of one market.</summary>
    public const long BetweenQuotes = 72_000;

    /// <summary>How often the hand does something in an hour, at least.</summary>
    public const int HandPerHour = 9;

    /// <summary>What happens to orders in an hour, at least: where bots stand still, the hand does more.</summary>
    public const int LeastOrderEvents = 20;

    public const decimal Wallet = 100_000m;
    public const ulong HandSeed = 0x4A2D;
    private const long Minute = 60_000;

    private static readonly FaultKind[] Kills =
        [FaultKind.KilledAfterCommit, FaultKind.KilledBeforeAnswer, FaultKind.KilledWhileReconciling, FaultKind.KilledInBatch, FaultKind.LostTail];

    private readonly Scenario scenario;
    private readonly Agenda agenda = new(Start);
    private readonly DeterministicRandom random;
    private readonly ShellClock clock;
    private readonly Wire wire;
    private readonly UserStream stream;
    private readonly Hand hand;
    private readonly List<MarketPath> paths;
    private readonly Operator people;
    private readonly QuietCheck quiet;
    private readonly bool[] isCoarse;
    private bool isFrozen;

    public World(Scenario scenario, ShellSeam seam)
    {
        this.scenario = scenario;
        Settings = RandomAccount.Of(scenario);
        random = new DeterministicRandom(scenario.Seed ^ 0x30B1D);
        Dice = new FaultDice(scenario.Seed, scenario.Without);
        Exchange = new SimulatedExchange(Settings, scenario.Shape, Start, Wallet);
        hand = new Hand(Exchange, Settings, scenario.Seed ^ HandSeed);
        clock = new ShellClock(agenda);
        Watch = new Watch(Settings, hand, Dice);
        Exchange.OrderSeen = Watch.See;
        Exchange.ConditionalSeen = Watch.See;
        wire = new Wire(agenda, Exchange, Dice, Settings, clock) { Sent = Watch.Leave };
        var snapshots = new Snapshots(agenda, Exchange, Dice, Settings, wire);
        Shell = new LiveShell(agenda, Settings, Dice, seam, Watch, clock, wire, snapshots);
        stream = new UserStream(agenda, Exchange, Dice, wire, Shell.Tell);
        paths = [.. Settings.Markets.Select((_, index) => new MarketPath(Exchange, index, PathSeed(scenario, index)))];
        people = new Operator(Shell, Settings, Dice);
        quiet = new QuietCheck(Settings, Exchange, Shell, Watch, scenario.Shape);
        isCoarse = new bool[Settings.Markets.Count];
        Shell.Killed = stream.Reset;
        Shell.Booted = TellMarkets;
    }

    public TradingSettings Settings { get; }

    public FaultDice Dice { get; }

    public SimulatedExchange Exchange { get; }

    public Watch Watch { get; }

    public LiveShell Shell { get; }

    public long Steps { get; private set; }

    public long Now => agenda.Now;

    /// <summary>Quotes and candles that the markets made.</summary>
    public long MarketEvents { get; private set; }

    /// <summary>The fewest events of an hour.</summary>
    public (long MarketEvents, long OrderEvents) QuietestHour { get; private set; } = (long.MaxValue, long.MaxValue);

    public int HandOrders => hand.Orders;

    public static ulong PathSeed(Scenario scenario, int market) => scenario.Seed ^ ((ulong)(market + 1) * 0x9A7);

    public void Begin()
    {
        agenda.After(1, Shell.Boot);
        agenda.After(BetweenQuotes, MoveMarkets);
        agenda.After(Candle, CloseCandles);
        agenda.After(2, PlanHour);
    }

    /// <summary>Runs one hour in which the hand is about.</summary>
    public void RunHour()
    {
        var (orderEvents, marketEvents) = (Exchange.OrderEvents, MarketEvents);
        if (scenario.HasHand)
        {
            for (var i = 0; i < HandPerHour; i++)
            {
                agenda.After(Pick(Hour), () => hand.Act(paths));
            }

            agenda.After(Hour - Minute, () =>
            {
                while (Exchange.OrderEvents - orderEvents < LeastOrderEvents)
                {
                    hand.Act(paths);
                }
            });
        }

        RunFor(Hour);
        QuietestHour = (Math.Min(QuietestHour.MarketEvents, MarketEvents - marketEvents), Math.Min(QuietestHour.OrderEvents, Exchange.OrderEvents - orderEvents));
    }

    private void RunFor(long duration)
    {
        var until = agenda.Now + duration;
        while (agenda.Next(until) is { } action)
        {
            Step(action);
        }
    }

    /// <summary>Lets everything come to rest, looks at the whole account, and goes on.</summary>
    public void Rest()
    {
        Heal();
        isFrozen = true;
        RunFor((2 * Settings.ReconcileEvery) + (3 * Minute));
        quiet.Run();
        isFrozen = false;
        Dice.IsHealed = false;
    }

    /// <summary>Demands that the journal leads to where the loop is.</summary>
    public void CheckReplay()
    {
        if (Shell.Journal.Replay(Settings).Fingerprint() != Shell.Loop.Fingerprint())
        {
            throw new InvariantException("a replay ends where the loop is", "the fingerprints differ");
        }
    }

    private void Heal()
    {
        Dice.IsHealed = true;
        Shell.Armed = null;
        wire.IsInMaintenance = false;
        clock.Skew = 0;
        Exchange.Apply(new SplitFills(Exchange.Time, 1));
    }

    private void Step(Action action)
    {
        Steps++;
        Exchange.Time = agenda.Now;
        action();
        stream.Pump(Shell.IsUp);
    }

    private void MoveMarkets()
    {
        for (var market = 0; market < paths.Count && !isFrozen; market++)
        {
            paths[market].Move();
            MarketEvents++;
            var quote = Quote(market);
            agenda.After(5 + Pick(40), () => Shell.Tell(quote));
        }

        agenda.After(BetweenQuotes, MoveMarkets);
    }

    private void CloseCandles()
    {
        for (var market = 0; market < paths.Count && !isFrozen; market++)
        {
            var input = new CandleClosed(0, market, paths[market].TakeCandle(agenda.Now - Candle));
            MarketEvents++;
            agenda.After(5 + Pick(200), () => Shell.Tell(input));
        }

        agenda.After(Candle, CloseCandles);
    }

    private void TellMarkets()
    {
        for (var market = 0; market < paths.Count; market++)
        {
            if (Shell.IsUp)
            {
                Shell.Tell(Quote(market));
                Shell.Tell(new RulesChanged(0, market, SimulatedMarkets.Rules(scenario.Shape, isCoarse[market])));
            }
        }
    }

    private QuoteChanged Quote(int market) => new(0, market, paths[market].Bid, paths[market].Ask);

    /// <summary>Spreads what happens at most now and then over the next hour.</summary>
    private void PlanHour()
    {
        foreach (var kill in Kills)
        {
            Plan(kill, () => Shell.Armed = kill);
        }

        Plan(FaultKind.SilentStream, WhenUp(FaultKind.SilentStream, stream.FallSilent));
        Plan(FaultKind.Disconnect, WhenUp(FaultKind.Disconnect, stream.Disconnect));
        Plan(FaultKind.RulesChanged, ChangeRules);
        Plan(FaultKind.ClockSkew, SkewClock);
        Plan(FaultKind.Maintenance, Maintain);
        Plan(FaultKind.PartialFill, () => Exchange.Apply(new SplitFills(Exchange.Time, 1 + (int)Pick(2))));
        Plan(FaultKind.KillSwitch, people.ThrowKillSwitch);
        foreach (var (kind, command) in Operator.Commands)
        {
            Plan(kind, () => people.Command(kind, command));
        }

        for (var i = 1; i <= 3; i++)
        {
            agenda.After(i * 20 * Minute, people.LookAfter);
        }

        if ((agenda.Now - Start) / Hour % 8 == 7)
        {
            agenda.After(Pick(Hour), PayFunding);
        }

        agenda.After(Hour, PlanHour);
    }

    private void Plan(FaultKind kind, Action action)
    {
        if (Dice.IsDue(kind))
        {
            agenda.After(Dice.Pick(kind, Hour), () =>
            {
                if (Dice.IsAllowed(kind))
                {
                    action();
                }
            });
        }
    }

    private Action WhenUp(FaultKind kind, Action action) => () =>
    {
        if (Shell.IsUp && !stream.IsSilent)
        {
            Dice.Note(kind);
            action();
        }
    };

    private void PayFunding()
    {
        for (var market = 0; market < paths.Count && !isFrozen; market++)
        {
            Exchange.Apply(new SettleFunding(Exchange.Time, market, decimal.Round((decimal)((random.NextUnit() - 0.5) * 0.001), 6), paths[market].Price));
        }
    }

    private void ChangeRules()
    {
        Dice.Note(FaultKind.RulesChanged);
        var market = (int)Pick(paths.Count);
        isCoarse[market] ^= true;
        var rules = SimulatedMarkets.Rules(scenario.Shape, isCoarse[market]);
        Exchange.Apply(new ChangeRules(Exchange.Time, market, rules));
        agenda.After(100 + Dice.Pick(FaultKind.RulesChanged, 90_000), () => Shell.Tell(new RulesChanged(0, market, SimulatedMarkets.Rules(scenario.Shape, isCoarse[market]))));
    }

    private void SkewClock()
    {
        Dice.Note(FaultKind.ClockSkew);
        clock.Skew = Dice.Pick(FaultKind.ClockSkew, 3) == 0 ? Dice.Pick(FaultKind.ClockSkew, 12_000) - 8_000 : Dice.Pick(FaultKind.ClockSkew, 1_600) - 800;
        agenda.After(Minute + Dice.Pick(FaultKind.ClockSkew, 30 * Minute), () => clock.Skew = 0);
    }

    private void Maintain()
    {
        Dice.Note(FaultKind.Maintenance);
        wire.IsInMaintenance = true;
        agenda.After(Minute + Dice.Pick(FaultKind.Maintenance, 5 * Minute), () => wire.IsInMaintenance = false);
    }

    private long Pick(long below) => (long)(random.NextUnit() * below);
}
