using System.Buffers;
using System.Text;
using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Keeping;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Tests.Keeping;

public sealed class RecoveryTests : IDisposable
{
    private static readonly KeptSettings Kept = StateFiles.Settings("BTCUSDT", "ETHUSDT") with { HistoryLength = 200 };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("exchange.state");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_exchange_that_was_killed_anywhere_comes_back_as_it_was_to_the_bit(ulong seed)
    {
        var run = await RunAsync(seed, commands: 800, snapshotAt: 300);
        var whole = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        var random = new RandomTrading(seed + 100);
        var shortest = (int)run.LengthAfterSnapshot;
        run.Engine.Fills(new AccountId(1), instrument: -1).Count.ShouldBeGreaterThan(20);
        for (var cut = 0; cut < 60; cut++)
        {
            await File.WriteAllBytesAsync(Path, whole[..(shortest + random.Below(whole.Length - shortest + 1))], TestContext.Current.CancellationToken);
            await using var keeper = StateKeeper.Open(Path);

            var engine = keeper.Restore(RandomTrading.Settings, Kept, [new MarketDataStore()]);

            StateOf(engine).ShouldBe(run.States[run.KeptAtSnapshot + keeper.Found!.Commands.Count]);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task It_goes_on_as_if_it_had_never_stopped(ulong seed)
    {
        var run = await RunAsync(seed, commands: 500, snapshotAt: 200);
        await using var keeper = StateKeeper.Open(Path);
        var marketData = new MarketDataStore();
        var restored = keeper.Restore(RandomTrading.Settings, Kept, [marketData]);
        marketData.Capture().ShouldBe(run.MarketData);

        foreach (var command in run.Commands.TakeLast(1).SelectMany(last => Further(seed, last.Time)))
        {
            Show(restored.Apply(command)).ShouldBe(Show(run.Engine.Apply(command)));
        }

        StateOf(restored).ShouldBe(StateOf(run.Engine));
    }

    [Fact]
    public async Task Other_settings_than_the_files_are_named()
    {
        await RunAsync(seed: 7, commands: 50, snapshotAt: 10);
        await using var keeper = StateKeeper.Open(Path);

        var error = Should.Throw<ConfigurationException>(() => keeper.Restore(RandomTrading.Settings, Kept with { Instruments = [Kept.Instruments[0]] }, []));

        error.Message.ShouldContain(Path);
        error.Message.ShouldContain("instruments: the file holds BTCUSDT, ETHUSDT, this run asks for BTCUSDT");
    }

    private async Task<Run> RunAsync(ulong seed, int commands, int snapshotAt)
    {
        var trading = new RandomTrading(seed);
        var engine = new MatchingEngine(RandomTrading.Settings);
        foreach (var name in new[] { "main", "other" })
        {
            engine.Apply(new OpenAccount(StateFiles.Start, name));
        }

        EventBatch.Take(engine);
        var run = new Run(engine);
        run.States.Add(StateOf(engine));
        var marketData = new MarketDataStore();
        var clock = new SetClock { MarketTime = StateFiles.Start };
        await using (var keeper = StateKeeper.Open(Path))
        {
            var log = keeper.Start(engine, Kept, [marketData]);
            await using var exchange = new SimulatedExchange(engine, clock, new Spy(log, run), [marketData]);
            keeper.Attach(exchange);
            for (var number = 0; number < commands; number++)
            {
                clock.MarketTime += trading.Below(400);
                await exchange.ExecuteAsync<object>(trading.Next);
                if (number == snapshotAt)
                {
                    run.KeptAtSnapshot = run.Commands.Count;
                    await keeper.SnapshotAsync();
                    run.LengthAfterSnapshot = new FileInfo(Path).Length;
                }
            }

            await exchange.QuietAsync();
        }

        run.MarketData = marketData.Capture();
        run.Commands.Count.ShouldBeGreaterThan(commands * 3 / 4);
        return run;
    }

    private static IEnumerable<MatchingCommand> Further(ulong seed, long from)
    {
        var trading = new RandomTrading(seed + 1_000);
        return Enumerable.Range(1, 300).Select(number => trading.Next(from + (number * 200)));
    }

    private static string StateOf(MatchingEngine engine)
    {
        var line = new ArrayBufferWriter<byte>();
        StateLine.Write(line, engine.Capture());
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    private static string Show(Outcome<object> outcome) => $"{CommandExamples.Describe(outcome.Value)} {outcome.Refusal}";

    private sealed class Run(MatchingEngine engine)
    {
        public MatchingEngine Engine => engine;

        public List<MatchingCommand> Commands { get; } = [];

        /// <summary>The engine's state before the first kept command, and after each.</summary>
        public List<string> States { get; } = [];

        public int KeptAtSnapshot { get; set; }

        public long LengthAfterSnapshot { get; set; }

        public byte[] MarketData { get; set; } = [];
    }

    /// <summary>Notes what the engine was after each command that was kept; called under the exchange's lock.</summary>
    private sealed class Spy(StateLog log, Run run) : ICommandLog
    {
        public long Append(MatchingCommand command)
        {
            run.Commands.Add(command);
            run.States.Add(StateOf(run.Engine));
            return log.Append(command);
        }

        public ValueTask CommittedAsync(long place) => log.CommittedAsync(place);
    }

    private sealed class SetClock : ISimulatorClock
    {
        public long WireTime => MarketTime;

        public long MarketTime { get; set; }
    }
}
