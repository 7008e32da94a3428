using Trellis.Core.Orders;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using static Trellis.Exchanges.Tests.Binance.SimulatedBinance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>What is known of an order when something goes wrong on its way.</summary>
public sealed class OutcomeTests
{
    /// <summary>Fault, whether the order is at the exchange, and what may be said of it.</summary>
    [Theory]
    [InlineData("unknown-executed", true, AnswerKind.Unknown)]
    [InlineData("unknown-not-executed", false, AnswerKind.Unknown)]
    [InlineData("lost-answer", true, AnswerKind.Unknown)]
    [InlineData("garbled-answer", true, AnswerKind.Unknown)]
    [InlineData("disconnect", false, AnswerKind.Unknown)]
    [InlineData("overloaded", false, AnswerKind.Refused)]
    public async Task A_fault_leaves_open_what_it_leaves_open(string kind, bool isThere, AnswerKind expected)
    {
        await using var binance = await StartAsync();
        var intent = binance.Intent();
        await binance.FaultAsync(new { kind, match = new { orders_only = true } });

        var answer = await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);

        answer.Kind.ShouldBe(expected, answer.Text);
        await binance.MendAsync();
        var found = await binance.Trading.FindOrderAsync(Bitcoin, intent.ClientOrderId, false, Cancelled);
        (found is not null).ShouldBe(isThere);
    }

    [Fact]
    public async Task An_order_whose_answer_takes_too_long_is_unknown_and_sent_once()
    {
        await using var binance = await StartAsync(change: options => options with { RequestTimeout = TimeSpan.FromMilliseconds(500) });
        var intent = binance.MarketIntent(Side.Buy);
        await binance.FaultAsync(new { kind = "delay-answer", milliseconds = 1_500, match = new { orders_only = true } });

        var answer = await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);

        answer.Kind.ShouldBe(AnswerKind.Unknown);
        await binance.MendAsync();
        (await binance.Trading.FindOrderAsync(Bitcoin, intent.ClientOrderId, false, Cancelled))!.Status.ShouldBe(VenueOrderStatus.Filled);
        (await binance.SnapshotAsync()).Fills.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Questions_and_cancels_are_sent_again()
    {
        await using var binance = await StartAsync();
        var intent = binance.Intent();
        await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);

        await binance.FaultAsync(new { kind = "lost-answer", count = 2 });
        (await binance.Trading.FindOrderAsync(Bitcoin, intent.ClientOrderId, false, Cancelled)).ShouldNotBeNull();
        await binance.FaultAsync(new { kind = "disconnect", match = new { method = "DELETE" }, count = 2 });
        (await binance.Trading.CancelAsync(Bitcoin, intent.ClientOrderId, false, Cancelled)).Order!.Status.ShouldBe(VenueOrderStatus.Canceled);
    }

    [Fact]
    public async Task A_cancel_whose_answers_are_lost_ends_as_an_order_that_is_not_known_any_more()
    {
        await using var binance = await StartAsync();
        var intent = binance.Intent();
        await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);
        await binance.FaultAsync(new { kind = "lost-answer", match = new { method = "DELETE" }, count = 1 });

        var answer = await binance.Trading.CancelAsync(Bitcoin, intent.ClientOrderId, false, Cancelled);

        (answer.Kind, answer.Refusal).ShouldBe((AnswerKind.Refused, RefusalKind.UnknownOrder));
        (await binance.Trading.FindOrderAsync(Bitcoin, intent.ClientOrderId, false, Cancelled))!.Status.ShouldBe(VenueOrderStatus.Canceled);
    }

    [Fact]
    public async Task A_clock_ten_seconds_off_is_measured_at_the_start()
    {
        await using var binance = await StartAsync();
        await binance.ControlAsync(HttpMethod.Post, "/sim/skew", new { milliseconds = 10_000 });
        var adapter = binance.Create();

        await adapter.ConnectAsync(Cancelled);

        adapter.Health.ClockOffset.ShouldBeInRange(9_500, 10_500);
        (await adapter.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);
    }

    [Fact]
    public async Task A_clock_that_jumps_is_set_again_and_questions_are_answered()
    {
        await using var binance = await StartAsync();
        await binance.ControlAsync(HttpMethod.Post, "/sim/skew", new { milliseconds = -10_000 });

        var first = await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled);
        var second = await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled);
        await binance.ControlAsync(HttpMethod.Post, "/sim/skew", new { milliseconds = 20_000 });
        var snapshot = await binance.SnapshotAsync();

        first.Kind.ShouldBe(AnswerKind.Refused);
        first.Text.ShouldContain("-1021");
        second.Kind.ShouldBe(AnswerKind.Accepted, second.Text);
        snapshot.OpenOrders.ShouldHaveSingleItem();
        binance.Adapter.Health.ClockOffset.ShouldBeInRange(19_500, 20_500);
    }

    [Fact]
    public async Task Too_many_requests_stop_everything_until_the_exchange_allows()
    {
        await using var binance = await StartAsync();
        // What others behind the same address have used, nobody told us of.
        await binance.FaultAsync(new { kind = "limit-squeeze", factor = 0.001 });

        var refused = await Should.ThrowAsync<ExchangeException>(() => binance.SnapshotAsync());
        var order = await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled);

        refused.Refusal.ShouldBe(RefusalKind.RateLimited);
        (order.Kind, order.Refusal).ShouldBe((AnswerKind.NotSent, RefusalKind.RateLimited), order.Text);
    }

    [Fact]
    public async Task Orders_beyond_the_account_s_count_are_not_sent()
    {
        await using var binance = await StartAsync();
        var answers = new List<PlaceAnswer>();
        for (var i = 0; i < 700 && (answers.Count == 0 || answers[^1].Kind != AnswerKind.NotSent); i++)
        {
            // Refused, and counted: nothing rests.
            answers.Add(await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(intent => intent with { Quantity = 0.0001m }), Cancelled));
        }

        answers[^1].Text.ShouldContain("orders in 10 s are used");
        answers.ShouldAllBe(answer => answer.Refusal != RefusalKind.RateLimited || answer.Kind == AnswerKind.NotSent);
        var cancel = await binance.Trading.CancelAllAsync(Bitcoin, Cancelled);
        cancel.Kind.ShouldBe(AnswerKind.Accepted, cancel.Text);
    }

    [Fact]
    public async Task Where_nothing_listens_an_order_was_not_sent()
    {
        await using var binance = await StartAsync();
        var nowhere = binance.Create(options => options with { Address = new Uri("http://127.0.0.1:1") });

        (await nowhere.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled)).Kind.ShouldBe(AnswerKind.NotSent);
    }

    [Fact]
    public async Task Maintenance_opens_the_circuit_but_not_for_cancels()
    {
        await using var binance = await StartAsync();
        await binance.ControlAsync(HttpMethod.Post, "/sim/maintenance", new { on = true });
        for (var i = 0; i < 10; i++)
        {
            (await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled)).Kind.ShouldNotBe(AnswerKind.Accepted);
        }

        binance.Adapter.Health.CircuitOpen.ShouldBeTrue();
        (await binance.Trading.PlaceAsync(Bitcoin, binance.Intent(), Cancelled)).Kind.ShouldBe(AnswerKind.NotSent);
        (await binance.Trading.CancelAllAsync(Bitcoin, Cancelled)).Kind.ShouldBe(AnswerKind.Refused);
    }
}
