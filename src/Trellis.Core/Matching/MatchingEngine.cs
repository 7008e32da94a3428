using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching;

/// <summary>
/// An exchange without wires: books, accounts and a clock that only commands move. Single-threaded and deterministic;
/// what happened is appended to <see cref="Events"/> and <see cref="LevelChanges"/>, which the caller reads and clears.
/// </summary>
public sealed class MatchingEngine
{
    public MatchingEngine(MatchingSettings settings)
    {
        Settings = settings;
        Time = settings.StartTime;
    }

    public MatchingSettings Settings { get; }

    /// <summary>As they are now: <see cref="ChangeRules"/> replaces an entry.</summary>
    public IReadOnlyList<MatchingInstrument> Instruments => Settings.Instruments;

    /// <summary>Unix milliseconds.</summary>
    public long Time { get; private set; }

    public List<MatchingEvent> Events { get; } = [];

    public List<LevelChange> LevelChanges { get; } = [];

    /// <summary>
    /// Carries a command out. The value is an <see cref="Order"/> for orders placed, amended and cancelled, a <see cref="ConditionalOrder"/> for
    /// conditional ones, an <see cref="AccountSummary"/> for commands on an account, and the command itself for the rest.
    /// </summary>
    public Outcome<object> Apply(MatchingCommand command) => throw new NotSupportedException();

    /// <summary>The account's order, open or (as far as history reaches) ended; null where there is none.</summary>
    public Order? FindOrder(AccountId account, OrderReference reference) => throw new NotSupportedException();

    public ConditionalOrder? FindConditional(AccountId account, long id, string clientOrderId) => throw new NotSupportedException();

    /// <summary>Open orders by id; <paramref name="instrument"/> −1 for all.</summary>
    public IReadOnlyList<Order> OpenOrders(AccountId account, int instrument) => throw new NotSupportedException();

    /// <summary>Waiting conditional orders by id; <paramref name="instrument"/> −1 for all.</summary>
    public IReadOnlyList<ConditionalOrder> OpenConditionals(AccountId account, int instrument) => throw new NotSupportedException();

    /// <summary>Open and ended orders, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<Order> Orders(AccountId account, int instrument) => throw new NotSupportedException();

    public IReadOnlyList<ConditionalOrder> Conditionals(AccountId account, int instrument) => throw new NotSupportedException();

    /// <summary>Fills, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<Fill> Fills(AccountId account, int instrument) => throw new NotSupportedException();

    /// <summary>Income entries, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<IncomeBooked> Income(AccountId account) => throw new NotSupportedException();

    public AccountSummary Summarize(AccountId account) => throw new NotSupportedException();

    /// <summary>Leverage of the account on an instrument.</summary>
    public int Leverage(AccountId account, int instrument) => throw new NotSupportedException();

    /// <summary>Best levels of a side of the book, best first.</summary>
    public IReadOnlyList<QuoteLevel> Levels(int instrument, Side side, int depth) => throw new NotSupportedException();

    /// <summary>The update id of the book's last change.</summary>
    public long LastUpdateId(int instrument) => throw new NotSupportedException();

    public decimal LastPrice(int instrument) => throw new NotSupportedException();

    public decimal MarkPrice(int instrument) => throw new NotSupportedException();

    public decimal IndexPrice(int instrument) => throw new NotSupportedException();

    public bool IsHalted(int instrument) => throw new NotSupportedException();

    /// <summary>Everything the engine is, to be kept in a file; <see cref="Restore"/> brings it back to the bit.</summary>
    public State.EngineState Capture() => throw new NotSupportedException();

    public static MatchingEngine Restore(MatchingSettings settings, State.EngineState state) => throw new NotSupportedException();
}
