using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Tests.Markets;

namespace Trellis.Simulator.Tests.Faults;

/// <summary>Faults that change the exchange itself, begun and ended by the market's own time.</summary>
public sealed class ExchangeFaultsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_halt_a_change_of_rules_and_partial_fills_begin_at_their_market_time_and_end_with_it()
    {
        var options = SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 1, Speed = MarketSpeed.Max };
        await using var bench = new MarketBench(options, TimeProvider.System);
        var at = bench.Plan.StartTime + (2 * 60_000);
        var plan = SomePlan.Of($$"""
            { "kind": "trading-halt", "instrument": "ETHUSDT", "at": {{at}}, "for_seconds": 60 },
            { "kind": "change-rules", "instrument": "BTCUSDT", "min_notional": 500, "tick_size": 0.5, "at": {{at}}, "for_seconds": 60 },
            { "kind": "partial-fills", "parts": 3, "at": {{at}}, "for_seconds": 60 }
            """);
        plan.Attach(bench.Exchange, bench.Clock);
        bench.Driver.BeforeStep = _ =>
        {
            plan.Advance();
            return ValueTask.CompletedTask;
        };
        bench.Driver.Pause();
        bench.Start();

        await bench.Driver.StepAsync(2, Cancelled);
        Look(bench).ShouldBe((false, false, 100, 0.1m));
        await bench.Driver.StepAsync(1, Cancelled);
        Look(bench).ShouldBe((false, true, 500, 0.5m));
        await bench.Driver.StepAsync(2, Cancelled);
        Look(bench).ShouldBe((false, false, 100, 0.1m));
        bench.Commands.OfType<SplitFills>().Select(split => split.Parts).ShouldBe([3, 1]);
        plan.Status.ShouldAllBe(fault => fault.Fired == 1);
    }

    [Fact]
    public async Task A_fault_that_is_taken_out_leaves_the_exchange_as_it_was()
    {
        await using var bench = new MarketBench(SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 1, Speed = MarketSpeed.Max }, TimeProvider.System);
        var plan = SomePlan.Of("""{ "id": "halt", "kind": "trading-halt" }""");
        plan.Attach(bench.Exchange, bench.Clock);
        plan.Advance();
        (bench.Engine.IsHalted(0), bench.Engine.IsHalted(1)).ShouldBe((true, true));

        plan.Remove("halt").ShouldBe(1);

        (bench.Engine.IsHalted(0), bench.Engine.IsHalted(1)).ShouldBe((false, false));
        plan.Status.ShouldBeEmpty();
        plan.Remove("halt").ShouldBe(0);
    }

    private static (bool BtcHalted, bool EthHalted, decimal MinNotional, decimal Tick) Look(MarketBench bench) => bench.Exchange.Read(engine =>
    {
        var rules = engine.Instruments[0].Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(engine.Time));
        return (engine.IsHalted(0), engine.IsHalted(1), rules.MinNotional, rules.TickSize);
    });
}
