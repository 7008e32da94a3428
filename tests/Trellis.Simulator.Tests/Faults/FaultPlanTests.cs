using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Faults;

public sealed class FaultPlanTests
{
    [Theory]
    [InlineData("disconnect", RequestFault.Disconnect)]
    [InlineData("overloaded", RequestFault.Overloaded)]
    [InlineData("unknown-not-executed", RequestFault.UnknownNotExecuted)]
    public void A_request_meets_its_fault_before_it_is_carried_out(string kind, RequestFault fault)
    {
        var plan = SomePlan.Of($$"""{ "kind": "{{kind}}" }""");

        plan.BeforeRequest(SomePlan.Place, out _).ShouldBe(fault);
        plan.AfterRequest(SomePlan.Place, out _).ShouldBe(AnswerFault.None);
        plan.Status.ShouldBe([new FaultStatus($"{kind}-1", FaultKinds.Parse(kind), FaultState.Active, 1, 1)]);
    }

    [Theory]
    [InlineData("lost-answer", AnswerFault.Lost)]
    [InlineData("unknown-executed", AnswerFault.UnknownExecuted)]
    [InlineData("garbled-answer", AnswerFault.Garbled)]
    public void An_answer_meets_its_fault_after_the_request_was_carried_out(string kind, AnswerFault fault)
    {
        var plan = SomePlan.Of($$"""{ "kind": "{{kind}}" }""");

        plan.BeforeRequest(SomePlan.Place, out _).ShouldBe(RequestFault.None);
        plan.AfterRequest(SomePlan.Place, out _).ShouldBe(fault);
    }

    [Theory]
    [InlineData("drop-message", 0, 0, false)]
    [InlineData("duplicate-message", 2, 0, false)]
    [InlineData("reorder-messages", 1, 0, true)]
    [InlineData("delay-message", 1, 250, false)]
    public void A_message_meets_its_fault_on_its_way_out(string kind, int copies, int delay, bool swaps)
    {
        var milliseconds = delay > 0 ? $$""", "milliseconds": {{delay}}""" : "";
        var plan = SomePlan.Of($$"""{ "kind": "{{kind}}", "match": { "stream": "btcusdt@*" }{{milliseconds}} }""");

        plan.OnFrame(new FrameFacts("ethusdt@trade", false)).ShouldBe(FrameFault.None);
        plan.OnFrame(new FrameFacts("ORDER_TRADE_UPDATE", true)).ShouldBe(FrameFault.None);
        plan.OnFrame(new FrameFacts("btcusdt@trade", false)).ShouldBe(new FrameFault(copies, TimeSpan.FromMilliseconds(delay), swaps));
    }

    [Fact]
    public void A_rule_for_an_event_meets_only_that_event_of_user_streams()
    {
        var plan = SomePlan.Of("""{ "kind": "drop-message", "match": { "event": "ORDER_*" } }""");

        plan.OnFrame(new FrameFacts("ORDER_TRADE_UPDATE", true)).Copies.ShouldBe(0);
        plan.OnFrame(new FrameFacts("ACCOUNT_UPDATE", true)).ShouldBe(FrameFault.None);
        plan.OnFrame(new FrameFacts("order_book", false)).ShouldBe(FrameFault.None);
    }

    [Theory]
    [InlineData("""{ "method": "post" }""", true, false)]
    [InlineData("""{ "path": "/fapi/*/order" }""", true, false)]
    [InlineData("""{ "path": "/fapi/v2/*" }""", false, false)]
    [InlineData("""{ "orders_only": true }""", true, false)]
    [InlineData("{ }", true, true)]
    public void A_rule_meets_the_requests_that_match(string match, bool placed, bool looked)
    {
        var plan = SomePlan.Of($$"""{ "kind": "disconnect", "match": {{match}} }""");

        (plan.BeforeRequest(SomePlan.Place, out _) == RequestFault.Disconnect).ShouldBe(placed);
        (plan.BeforeRequest(SomePlan.Look, out _) == RequestFault.Disconnect).ShouldBe(looked);
    }

    [Fact]
    public void Every_third_request_meets_it_at_most_twice_and_only_after_four()
    {
        var plan = SomePlan.Of("""{ "kind": "disconnect", "after_requests": 4, "every": 3, "count": 2 }""");

        Met(plan, 16).ShouldBe([7, 10]);
        plan.Status[0].ShouldBe(new FaultStatus("disconnect-1", FaultKind.Disconnect, FaultState.Over, 16, 2));
    }

    [Fact]
    public void Equal_plans_seeds_and_requests_give_equal_faults_and_another_seed_gives_others()
    {
        const string faults = """{ "kind": "disconnect", "probability": 0.3 }, { "kind": "overloaded", "probability": 0.3 }""";

        var met = Met(SomePlan.Of(faults, seed: 5), 200);

        Met(SomePlan.Of(faults, seed: 5), 200).ShouldBe(met);
        Met(SomePlan.Of(faults, seed: 6), 200).ShouldNotBe(met);
        met.Count.ShouldBeInRange(80, 125);
    }

    [Fact]
    public void A_rule_does_not_change_the_luck_of_the_others()
    {
        var alone = Met(SomePlan.Of("""{ "id": "a", "kind": "disconnect", "probability": 0.3 }"""), 200);

        var together = Met(SomePlan.Of("""{ "id": "b", "kind": "delay-request", "milliseconds": 5, "probability": 0.5 }, { "id": "a", "kind": "disconnect", "probability": 0.3 }"""), 200);

        together.ShouldBe(alone);
    }

    [Fact]
    public void The_first_rule_of_the_plan_wins_and_delays_add_up()
    {
        var plan = SomePlan.Of("""
            { "kind": "delay-request", "milliseconds": 30 }, { "kind": "overloaded" }, { "kind": "disconnect" }, { "kind": "delay-request", "milliseconds": 12 }
            """);

        plan.BeforeRequest(SomePlan.Place, out var delay).ShouldBe(RequestFault.Overloaded);

        delay.ShouldBe(TimeSpan.FromMilliseconds(42));
        plan.Status.Select(fault => fault.Fired).ShouldBe([1, 1, 0, 1]);
    }

    [Fact]
    public void An_overload_spares_orders_that_only_reduce_risk_unless_told_otherwise()
    {
        SomePlan.Of("""{ "kind": "overloaded" }""").BeforeRequest(SomePlan.Reduce, out _).ShouldBe(RequestFault.None);
        SomePlan.Of("""{ "kind": "overloaded", "spares_reduce_only": false }""").BeforeRequest(SomePlan.Reduce, out _).ShouldBe(RequestFault.Overloaded);
    }

    [Fact]
    public void Conditions_hold_from_their_beginning_for_their_duration()
    {
        var time = new ManualClock();
        var plan = SomePlan.Of("""
            { "kind": "clock-skew", "milliseconds": -1500, "after_seconds": 10, "for_seconds": 5 },
            { "kind": "limit-squeeze", "factor": 0.25, "after_seconds": 10, "for_seconds": 5 },
            { "kind": "silent-streams", "streams": "market", "after_seconds": 10, "for_seconds": 5 },
            { "kind": "maintenance", "after_seconds": 10, "for_seconds": 5 }
            """, time);

        Look().ShouldBe((0, 1.0, false, false, false));
        time.Pass(9_999);
        Look().ShouldBe((0, 1.0, false, false, false));
        time.Pass(1);
        Look().ShouldBe((-1_500, 0.25, true, false, true));
        time.Pass(4_999);
        Look().ShouldBe((-1_500, 0.25, true, false, true));
        time.Pass(1);
        Look().ShouldBe((0, 1.0, false, false, false));
        plan.Status.ShouldAllBe(fault => fault.State == FaultState.Over && fault.Fired == 1);

        (long, double, bool, bool, bool) Look() => (plan.ClockSkew, plan.LimitFactor, plan.StreamsAreSilent(userData: false), plan.StreamsAreSilent(userData: true), plan.InMaintenance);
    }

    [Fact]
    public void Signals_are_raised_once_when_their_time_has_come()
    {
        var time = new ManualClock();
        var plan = SomePlan.Of("""
            { "kind": "close-streams", "after_seconds": 3 }, { "kind": "close-streams", "streams": "user", "after_requests": 2 }, { "kind": "expire-user-streams", "after_seconds": 3 }
            """, time);
        var signals = new List<FaultSignal>();
        plan.OnSignal(signals.Add);

        plan.AfterRequest(SomePlan.Look, out _);
        plan.Advance();
        signals.ShouldBeEmpty();
        plan.AfterRequest(SomePlan.Look, out _);
        signals.ShouldBe([FaultSignal.CloseUserStreams]);
        time.Pass(3_000);
        plan.Advance();
        plan.Advance();
        signals.ShouldBe([FaultSignal.CloseUserStreams, FaultSignal.CloseAllStreams, FaultSignal.ExpireUserStreams]);
    }

    [Fact]
    public void A_signal_can_be_raised_by_every_so_manieth_request()
    {
        var plan = SomePlan.Of("""{ "kind": "expire-user-streams", "every": 3, "match": { "orders_only": true } }""");
        var signals = 0;
        plan.OnSignal(_ => signals++);

        for (var i = 0; i < 9; i++)
        {
            plan.AfterRequest(SomePlan.Place, out _);
            plan.AfterRequest(SomePlan.Look, out _);
        }

        signals.ShouldBe(3);
    }

    [Fact]
    public void A_maintenance_closes_every_stream_when_it_begins()
    {
        var plan = SomePlan.Of("""{ "kind": "maintenance" }""");
        var signals = new List<FaultSignal>();
        plan.OnSignal(signals.Add);

        plan.Advance();
        plan.Advance();

        signals.ShouldBe([FaultSignal.CloseAllStreams]);
    }

    [Fact]
    public void Without_rules_nothing_goes_wrong()
    {
        var plan = FaultPlan.Load(null, 1, SomePlan.Instruments, TimeProvider.System);

        plan.BeforeRequest(SomePlan.Place, out _).ShouldBe(RequestFault.None);
        plan.AfterRequest(SomePlan.Place, out _).ShouldBe(AnswerFault.None);
        plan.OnFrame(new FrameFacts("x", false)).ShouldBe(FrameFault.None);
        (plan.ClockSkew, plan.LimitFactor, plan.InMaintenance, plan.StreamsAreSilent(true)).ShouldBe((0, 1.0, false, false));
    }

    /// <summary>Which of so many requests, counted from 1, met anything.</summary>
    private static List<int> Met(FaultPlan plan, int requests) =>
        [.. Enumerable.Range(1, requests).Where(_ => plan.BeforeRequest(SomePlan.Place, out var _) != RequestFault.None)];
}
