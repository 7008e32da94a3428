using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Tests.Markets;

public sealed class MarketDriverTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_real_time_every_instrument_moves_several_times_a_second_and_never_ahead_of_the_day()
    {
        var time = new LeapingTime();
        var begun = time.Milliseconds;
        using var seen = new SemaphoreSlim(0);
        await using var bench = new MarketBench(SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 5 }, time);
        var ahead = 0L;
        bench.Driver.BeforeStep = step =>
        {
            ahead = Math.Max(ahead, step - time.Milliseconds);
            if (step > begun + 60_000)
            {
                seen.Release();
            }

            return ValueTask.CompletedTask;
        };

        bench.Start();
        (await seen.WaitAsync(TimeSpan.FromMinutes(2), Cancelled)).ShouldBeTrue();
        bench.Driver.Pause();

        ahead.ShouldBeLessThanOrEqualTo(0);
        var moves = bench.Commands.OfType<MoveMarket>().Where(move => move.Instrument == 1 && move.Time > begun && move.Time <= begun + 60_000).Select(move => move.Time).Distinct().ToList();
        moves.Count.ShouldBeInRange(238, 242);
        moves.Zip(moves.Skip(1), (a, b) => b - a).ShouldAllBe(distance => distance == 250);
    }

    [Fact]
    public async Task The_end_of_the_data_is_said_once_and_the_market_stands_still()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Bench(folder, 20, MarketSpeed.Max);

        await bench.RunToEndAsync();

        bench.Driver.Status.EndOfData.ShouldBeTrue();
        bench.Said.Count(sentence => sentence.Contains("the data are over", StringComparison.Ordinal)).ShouldBe(1);
        bench.Clock.MarketTime.ShouldBe(Candles.Start + (20 * Candles.Minute));
        bench.Minutes(0, Candles.Start).Take(20).ShouldAllBe(kline => kline.IsClosed);
        bench.Driver.Pause();
        (await bench.Driver.StepAsync(1, Cancelled)).ShouldBe(0);
    }

    [Fact]
    public async Task A_paused_market_passes_as_many_candles_as_it_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Bench(folder, 40, MarketSpeed.RealTime, new LeapingTime());
        bench.Driver.Pause();
        bench.Start();

        (await bench.Driver.StepAsync(3, Cancelled)).ShouldBe(3);
        bench.Driver.Status.ShouldSatisfyAllConditions(
            status => status.CandlesPassed.ShouldBe(3),
            status => status.IsPaused.ShouldBeTrue(),
            status => status.CandleOpen.ShouldBe(bench.Plan.StartTime + (3 * Candles.Minute)));
        (await bench.Driver.StepAsync(100, Cancelled)).ShouldBe(17);
        (await bench.Driver.StepAsync(1, Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled)).ShouldBe(0, "there is nothing left");
    }

    [Fact]
    public async Task A_market_that_is_not_paused_is_not_stepped_by_hand()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Bench(folder, 20, MarketSpeed.Max);

        (await Should.ThrowAsync<RunException>(() => bench.Driver.StepAsync(1, Cancelled))).Message.ShouldContain("not paused");
    }

    [Fact]
    public async Task At_step_the_first_candle_waits_for_a_user_stream_and_every_one_for_quiet_clients()
    {
        using var folder = new TemporaryFolder();
        var time = new LeapingTime();
        var activity = new FakeActivity();
        await using var bench = Bench(folder, 12, MarketSpeed.Step, time, activity, quiet: 20);
        var passedBefore = -1L;
        var begun = 0L;
        var lastBusy = 0L;
        var gaps = new List<long>();
        var closed = new List<bool>();
        bench.Driver.BeforeStep = step =>
        {
            if ((step - bench.Plan.Anchor.FirstOpen) % Candles.Minute == 0)
            {
                closed.Add(bench.Minutes(0, step - Candles.Minute)[0].IsClosed);
                gaps.Add(time.Milliseconds - lastBusy);
            }

            return ValueTask.CompletedTask;
        };
        activity.OnLook = look =>
        {
            // Nobody for the first 200 looks; then a stream, and a client that is busy in a way of its own before each candle.
            if (look == 200)
            {
                (passedBefore, begun) = (bench.Driver.Status.CandlesPassed, bench.Commands.Count);
                activity.UserStreams = 1;
            }

            activity.RequestsInFlight = look % 60 is > 5 and < 30 ? 1 : 0;
            activity.QueuedFrames = look % 60 is >= 30 and < 35 ? 3 : 0;
            activity.LastRequest = look % 60 == 29 ? time.GetTimestamp() : activity.LastRequest;
            lastBusy = activity.RequestsInFlight + activity.QueuedFrames > 0 ? time.Milliseconds : lastBusy;
        };

        await bench.RunToEndAsync();

        (passedBefore, begun).ShouldBe((0, 0));
        gaps.Count.ShouldBe(6);
        gaps.ShouldAllBe(gap => gap >= 20);
        closed.ShouldAllBe(isClosed => isClosed);
    }

    [Fact]
    public async Task Without_a_user_stream_a_stepping_market_does_not_begin()
    {
        using var folder = new TemporaryFolder();
        using var enough = new SemaphoreSlim(0);
        var activity = new FakeActivity();
        activity.OnLook = look =>
        {
            if (look == 500)
            {
                enough.Release();
            }
        };
        await using var bench = Bench(folder, 12, MarketSpeed.Step, new LeapingTime(), activity);

        bench.Start();
        (await enough.WaitAsync(TimeSpan.FromMinutes(2), Cancelled)).ShouldBeTrue();

        bench.Driver.Status.CandlesPassed.ShouldBe(0);
        bench.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_market_that_was_killed_anywhere_goes_on_as_if_nothing_had_been()
    {
        using var folder = new TemporaryFolder();
        var options = TwoInstruments(folder);
        await using var whole = new MarketBench(options, TimeProvider.System);
        await whole.RunToEndAsync();
        var commands = whole.Commands;

        var betweenFundings = commands.Index().First(entry => entry.Item is SettleFunding).Index + 1;
        foreach (var cut in Enumerable.Range(0, commands.Count / 13).Select(i => 1 + (i * 13)).Append(betweenFundings))
        {
            // A step is a move and its mark: a mark that is lost is made good by the next step.
            var kept = cut;
            while (commands[kept] is SetMarkPrice || (commands[kept] is MoveMarket next && commands[kept - 1] is MoveMarket before && next.Instrument == before.Instrument && next.Time == before.Time))
            {
                kept++;
            }

            await using var rest = new MarketBench(options, TimeProvider.System, kept: [.. commands.Take(kept)], anchor: whole.Plan.Anchor);
            await rest.RunToEndAsync();

            Shown(rest, 0).ShouldBe(Shown(whole, 0));
            Shown(rest, 1).ShouldBe(Shown(whole, 1));
            rest.Store.Fundings(0, null, null, 10).Count.ShouldBe(1);
            rest.Store.Fundings(1, null, null, 10).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_market_that_is_moved_by_hand_goes_on_from_there_in_proportion()
    {
        var options = SomeMarket.Options with { Instruments = ["BTCUSDT"], HistoryMinutes = 5, Speed = MarketSpeed.Max };
        await using var bench = new MarketBench(options, TimeProvider.System);
        bench.Driver.Pause();
        bench.Start();
        await bench.Driver.StepAsync(2, Cancelled);
        var last = bench.Engine.LastPrice(0);

        bench.Driver.MoveTo(0, last * 2).ShouldBe(last * 2);
        bench.Engine.LastPrice(0).ShouldBe(last * 2);
        await bench.Driver.StepAsync(3, Cancelled);

        bench.Engine.LastPrice(0).ShouldBeInRange(last * 1.9m, last * 2.1m);
        (bench.Engine.LastPrice(0) % 0.1m).ShouldBe(0);
        await using var restarted = new MarketBench(options, TimeProvider.System, kept: bench.Commands, anchor: bench.Plan.Anchor);
        restarted.Driver.Pause();
        restarted.Start();
        await restarted.Driver.StepAsync(1, Cancelled);
        restarted.Engine.LastPrice(0).ShouldBeInRange(last * 1.9m, last * 2.1m);
    }

    [Fact]
    public async Task A_market_at_full_speed_stops_when_it_is_asked_to()
    {
        using var stopping = new CancellationTokenSource();
        await using var bench = new MarketBench(SomeMarket.Options with { Instruments = ["BTCUSDT"], HistoryMinutes = 1, Speed = MarketSpeed.Max }, TimeProvider.System);
        bench.Driver.BeforeStep = step =>
        {
            if (step > bench.Plan.StartTime + (50 * Candles.Minute))
            {
                stopping.Cancel();
            }

            return ValueTask.CompletedTask;
        };

        await bench.Driver.RunAsync(stopping.Token).WaitAsync(TimeSpan.FromMinutes(2), Cancelled);

        bench.Driver.Status.CandlesPassed.ShouldBe(51);
    }

    [Fact]
    public async Task With_the_candle_rule_the_market_is_the_datas_and_is_not_moved()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Bench(folder, 20, MarketSpeed.Max, rule: FillRule.Candle);

        Should.Throw<RunException>(() => bench.Driver.MoveTo(0, 1)).Message.ShouldContain("--fill-rule candle");
    }

    private static MarketOptions TwoInstruments(TemporaryFolder folder)
    {
        // Around a midnight, when funding is due.
        return SomeMarket.Options with
        {
            Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(Candles.Random(21, 30))), folder.Write("ETHUSDT.csv", Candles.ToCsv(Candles.Random(22, 30, tick: 0.01m)))],
            Speed = MarketSpeed.Max,
            HistoryMinutes = 4,
        };
    }

    private static List<Kline> Shown(MarketBench bench, int instrument) =>
        [.. bench.Store.Klines(instrument, KlineInterval.OneMinute, Candles.Start, null, 1_000).Select(kline => kline with { FirstTradeId = 0, LastTradeId = 0 })];

    private static MarketBench Bench(
        TemporaryFolder folder, int candles, MarketSpeed speed, TimeProvider? time = null, Simulator.Exchange.IActivity? activity = null, int quiet = 1, FillRule rule = FillRule.Book) => new(
        SomeMarket.Options with
        {
            Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(Candles.Random(1, candles)))],
            Speed = speed,
            FillRule = rule,
            QuietMilliseconds = quiet,
        },
        time ?? TimeProvider.System,
        activity);
}
