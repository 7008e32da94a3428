using Trellis.Core;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;
using Trellis.Engine.Tests.Doubles;
using Trellis.Exchanges.Tests;

namespace Trellis.Engine.Tests;

public sealed class AccountEngineTests : IAsyncDisposable
{
    private const long Minute = 60_000;

    private readonly ScriptedExchange exchange = new();

    public AccountEngineTests() => exchange.Candles.Add(Some.Candle((Some.Now / Minute * Minute) - Minute));

    public ValueTask DisposeAsync() => exchange.DisposeAsync();

    [Fact]
    public async Task A_start_reconciles_first_and_then_asks_the_bots_at_the_last_close()
    {
        await using var engine = await StartAsync(new MemoryJournal());

        await Wait.UntilAsync(() => exchange.Placed.Count == 4, "the ladder is sent");
        exchange.Snapshots.ShouldBe(1);
        exchange.Placed.Select(order => order.Price).Order().ShouldBe([90m, 93m, 96m, 99m]);
    }

    [Fact]
    public async Task A_start_tells_the_loop_since_when_nobody_else_can_have_sent_anything()
    {
        var journal = new MemoryJournal
        {
            Identity = new JournalIdentity("test/simulator/main", 1, 0, TimeProvider.System.GetTimestamp() - (7 * TimeProvider.System.TimestampFrequency)),
        };
        await using var engine = await StartAsync(journal);

        await Wait.UntilAsync(() => journal.Items.Any(item => item.Input is Started), "it began");
        var started = journal.Items.Select(item => item.Input).OfType<Started>().Single();
        (started.Time - started.AloneSince).ShouldBeInRange(7_000, 60_000);
    }

    [Fact]
    public async Task No_order_leaves_before_its_commit()
    {
        var journal = new MemoryJournal { CommitsAtOnce = false };
        await using var engine = await StartAsync(journal);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Any(order => order.State == OrderState.Submitting), "orders are decided");
        exchange.Placed.ShouldBeEmpty();

        journal.Commit();

        await Wait.UntilAsync(() => exchange.Placed.Count == 4, "the ladder is sent");
    }

    [Fact]
    public async Task Orders_whose_commit_came_too_late_are_decided_anew()
    {
        var journal = new MemoryJournal { CommitsAtOnce = false };
        var news = new News();
        await using var engine = await AccountEngine.StartAsync(
            Some.Setup(exchange, journal, news) with { Limits = new EngineLimits { CommitPatience = TimeSpan.Zero } }, TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Any(order => order.State == OrderState.Submitting), "orders are decided");

        journal.Commit();

        await Wait.UntilAsync(() => news.Codes.Contains("commit-late", StringComparer.Ordinal), "they are turned away");
        exchange.Placed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_journal_that_is_lost_ends_trading_and_lets_nothing_out()
    {
        var journal = new MemoryJournal { CommitsAtOnce = false };
        var news = new News();
        await using var engine = await AccountEngine.StartAsync(Some.Setup(exchange, journal, news), TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Any(order => order.State == OrderState.Submitting), "orders are decided");

        journal.Break(new StorageException(StorageFailure.Fenced, "another process has taken over"));

        (await engine.Ended).Message.ShouldBe("another process has taken over");
        exchange.Placed.ShouldBeEmpty();
        news.Codes.ShouldContain(code => code == "journal-lost");
    }

    [Fact]
    public async Task A_journal_that_is_lost_while_nothing_waits_for_it_ends_trading_too()
    {
        var journal = new MemoryJournal();
        await using var engine = await StartAsync(journal);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "the ladder rests");

        journal.Break(new StorageException(StorageFailure.Fenced, "another process has taken over"));
        (await engine.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Message.ShouldBe("another process has taken over");

        engine.Command(new KillSwitched(0, true, false, "test"));
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.KilledBy == "test", "the kill switch is thrown");
        exchange.Canceled.ShouldBeEmpty("the orders are the other process's");
    }

    [Fact]
    public async Task What_is_committed_only_when_the_journal_closes_is_not_sent_any_more()
    {
        var journal = new MemoryJournal { CommitsAtOnce = false, CommitsWhenClosed = true };
        await using (var engine = await StartAsync(journal))
        {
            await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Any(order => order.State == OrderState.Submitting), "orders are decided");
        }

        journal.CommittedSequence.ShouldBe(journal.Items[^1].Sequence);
        exchange.Placed.ShouldBeEmpty("whoever opens the journal next counts on it");
    }

    [Fact]
    public async Task A_restart_remembers_and_sends_nothing_twice()
    {
        var journal = new MemoryJournal();
        string before;
        await using (var engine = await StartAsync(journal))
        {
            await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "the ladder rests");
            before = await engine.FingerprintAsync();
        }

        var sent = exchange.Placed.ToList();
        exchange.Snapshot = () => ScriptedExchange.Empty() with { OpenOrders = [.. sent.Select(ScriptedExchange.Resting)] };
        await using var again = await StartAsync(new MemoryJournal(journal.Items));
        await Wait.UntilAsync(async () => (await again.StatusAsync()).View.Reconciliation.IsReconciled, "the account is understood");

        exchange.Placed.Count.ShouldBe(4);
        (await again.FingerprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_order_on_its_way_when_the_process_died_is_asked_for_and_not_sent_again()
    {
        var journal = new MemoryJournal();
        exchange.Place = _ => new TaskCompletionSource<PlaceAnswer>().Task;
        var engine = await StartAsync(journal);
        await Wait.UntilAsync(() => exchange.Placed.Count == 4, "the ladder is sent");
        var sent = exchange.Placed.ToList();
        exchange.Snapshot = () => ScriptedExchange.Empty() with { OpenOrders = [.. sent.Select(ScriptedExchange.Resting)] };

        await using var again = await StartAsync(new MemoryJournal(journal.Items));
        await Wait.UntilAsync(async () => (await again.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "all are found");

        exchange.Placed.Count.ShouldBe(4);
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_while_a_process_begins_waits_until_it_has_said_so()
    {
        var journal = new MemoryJournal();
        await using (var engine = await StartAsync(journal))
        {
            await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "the ladder rests");
        }

        var sent = exchange.Placed.ToList();
        var filled = sent.MaxBy(order => order.Price)!;
        await using var restarted = new ScriptedExchange { CandlesWait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        restarted.Candles.AddRange(exchange.Candles);
        restarted.Snapshot = () => ScriptedExchange.Empty() with { OpenOrders = [.. sent.Where(order => order != filled).Select(ScriptedExchange.Resting)] };
        var after = new MemoryJournal(journal.Items);
        var starting = AccountEngine.StartAsync(Some.Setup(restarted, after), TestContext.Current.CancellationToken);

        (await restarted.User).Fill(ScriptedExchange.Fill(filled));
        await restarted.CandlesAsked.Task;
        (after.Items.Count, restarted.Placed.Count).ShouldBe((journal.Items.Count, 0), "nothing is taken up before the process has begun");
        restarted.CandlesWait.SetResult();
        await using var again = await starting;
        await Wait.UntilAsync(() => restarted.Placed.Count == 1, "the fill is answered");

        var inputs = after.Items.Skip(journal.Items.Count).ToList();
        inputs[0].Input.ShouldBeOfType<Started>();
        restarted.Placed.Single().ShouldSatisfyAllConditions(order => order.Price.ShouldBe(filled.Price + 3m), order => order.ReduceOnly.ShouldBeTrue());
    }

    [Fact]
    public async Task While_the_user_stream_does_not_come_up_no_order_leaves()
    {
        await using var late = new ScriptedExchange { IsLate = true };
        late.Candles.AddRange(exchange.Candles);
        await using var engine = await AccountEngine.StartAsync(
            Some.Setup(late, new MemoryJournal()) with { Limits = new EngineLimits { StreamPatience = TimeSpan.FromMilliseconds(50) } }, TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count == 4, "the ladder is wanted");

        (await engine.StatusAsync()).View.Orders.ShouldAllBe(order => order.State == OrderState.Planned && order.Reason == "no news of the account");
        late.Placed.ShouldBeEmpty();

        (await late.User).Restored();
        await Wait.UntilAsync(() => late.Placed.Count == 4, "the ladder is sent");
    }

    [Fact]
    public async Task A_journal_that_does_not_lead_to_its_own_decisions_is_refused()
    {
        var journal = new MemoryJournal();
        await using (var engine = await StartAsync(journal))
        {
            await Wait.UntilAsync(() => exchange.Placed.Count == 4, "the ladder is sent");
        }

        var items = journal.Items.ToList();
        var asked = items.FindIndex(item => item.Effects.OfType<PlaceOrder>().Any());
        items[asked] = items[asked] with { Effects = [.. items[asked].Effects.SkipLast(1)] };

        var refusal = await Should.ThrowAsync<RunException>(() => StartAsync(new MemoryJournal(items)));
        refusal.Message.ShouldContain($"input {items[asked].Sequence}");
    }

    [Fact]
    public async Task An_orderly_stop_takes_no_new_decisions_and_leaves_orders_where_they_are()
    {
        var journal = new MemoryJournal();
        await using var engine = await StartAsync(journal);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "the ladder rests");

        await engine.StopAsync(CancellationToken.None);

        exchange.Canceled.ShouldBeEmpty();
        journal.Items[^1].Input.ShouldBeOfType<Stopping>();
    }

    [Fact]
    public async Task An_orderly_stop_cancels_orders_where_it_is_told_to()
    {
        await using var engine = await AccountEngine.StartAsync(Some.Setup(exchange, new MemoryJournal()) with { CancelOnStop = true }, TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => (await engine.StatusAsync()).View.Orders.Count(order => order.State == OrderState.Open) == 4, "the ladder rests");

        await engine.StopAsync(CancellationToken.None);

        exchange.Canceled.Order(StringComparer.Ordinal).ShouldBe(exchange.Placed.Select(order => order.ClientOrderId).Order(StringComparer.Ordinal));
    }

    private Task<AccountEngine> StartAsync(IJournal journal) => AccountEngine.StartAsync(Some.Setup(exchange, journal), TestContext.Current.CancellationToken);

    /// <summary>Keeps the codes of all notices.</summary>
    private sealed class News : IEngineObserver
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> codes = new();

        public IReadOnlyCollection<string> Codes => codes;

        public void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects)
        {
        }

        public void Noticed(EngineNotice notice) => codes.Enqueue(notice.Code);
    }
}
