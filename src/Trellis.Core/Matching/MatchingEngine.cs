using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.State;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching;

/// <summary>
/// An exchange without wires: books, accounts and a clock that only commands move. Single-threaded and deterministic;
/// what happened is appended to <see cref="Events"/> and <see cref="LevelChanges"/>, which the caller reads and clears.
/// </summary>
/// <remarks>
/// Order of the events of a command: first what the clock met on the way (dates of orders, countdowns, dated rules), each at its own instant. Then the command's own:
/// an order is <see cref="OrderChange.Placed"/>; each trade tells the taker's <see cref="OrderChanged"/>, the maker's, and <see cref="Traded"/>, and then what it ended or cut
/// (conditional orders finished, reduce-only orders); the rest of the order ends. After that, per account and reason, one <see cref="AccountChanged"/> with the positions that changed, then every
/// <see cref="IncomeBooked"/>. Then the consequences, one at a time and each told in the same way: conditional orders that last and mark prices have reached; accounts whose margin is gone.
/// The house (account 0) has no order, account or income events. Cancelled by CancelAllOrders means by id.
/// </remarks>
public sealed class MatchingEngine
{
    private readonly Exchange exchange;

    /// <exception cref="ConfigurationException">The instruments can't be matched exactly, or the slippage is out of range.</exception>
    public MatchingEngine(MatchingSettings settings)
        : this(new Exchange(settings))
    {
    }

    private MatchingEngine(Exchange exchange) => this.exchange = exchange;

    public MatchingSettings Settings => Floor.Settings;

    /// <summary>As they are now: <see cref="ChangeRules"/> replaces an entry.</summary>
    public IReadOnlyList<MatchingInstrument> Instruments => Floor.Definitions;

    /// <summary>Unix milliseconds.</summary>
    public long Time => Floor.Time;

    public List<MatchingEvent> Events => Floor.Events;

    public List<LevelChange> LevelChanges => Floor.LevelChanges;

    /// <summary>How many accounts there are, the house included.</summary>
    public int AccountCount => Floor.Accounts.Count;

    /// <summary>All money of the exchange, which adds up.</summary>
    public ExchangeTotals Totals => SummaryDesk.Totals(Floor);

    private Floor Floor => exchange.Floor;

    /// <summary>
    /// Carries a command out. The value is an <see cref="Order"/> for orders placed, amended and cancelled, a <see cref="ConditionalOrder"/> for
    /// conditional ones, an <see cref="AccountSummary"/> for commands on an account, and the command itself for the rest.
    /// </summary>
    /// <exception cref="ArgumentException">Its time lies before the exchange's, there is no such account or instrument, or it needs the other fill rule.</exception>
    public Outcome<object> Apply(MatchingCommand command) => exchange.Apply(command);

    /// <summary>The account's order, open or (as far as history reaches) ended; null where there is none.</summary>
    public Order? FindOrder(AccountId account, OrderReference reference)
    {
        var owner = Account(account);
        if (exchange.Register.Find(owner, reference) is { } open)
        {
            return open.Snapshot();
        }

        return owner.History.FindOrder(reference.OrderId, reference.ClientOrderId ?? "") is { } ended && ended.Request.Instrument == reference.Instrument ? ended : null;
    }

    public ConditionalOrder? FindConditional(AccountId account, long id, string clientOrderId) =>
        exchange.Conditionals.Find(Account(account), id, clientOrderId)?.Order ?? Account(account).History.FindConditional(id, clientOrderId);

    /// <summary>Open orders by id; <paramref name="instrument"/> −1 for all.</summary>
    public IReadOnlyList<Order> OpenOrders(AccountId account, int instrument)
    {
        var open = OrderRegister.Open(Account(account), Market(instrument));
        var orders = new Order[open.Count];
        for (var i = 0; i < orders.Length; i++)
        {
            orders[i] = open[i].Snapshot();
        }

        return orders;
    }

    /// <summary>Waiting conditional orders by id; <paramref name="instrument"/> −1 for all.</summary>
    public IReadOnlyList<ConditionalOrder> OpenConditionals(AccountId account, int instrument) =>
        [.. ConditionalRegister.Waiting(Account(account), Market(instrument)).Select(conditional => conditional.Order)];

    /// <summary>Open and ended orders, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<Order> Orders(AccountId account, int instrument) =>
        [.. Account(account).History.Orders.Where(order => IsOn(instrument, order.Request)).Concat(OpenOrders(account, instrument)).OrderBy(order => order.Id)];

    public IReadOnlyList<ConditionalOrder> Conditionals(AccountId account, int instrument) =>
        [.. Account(account).History.Conditionals
            .Concat(exchange.Conditionals.Live.Where(conditional => conditional.Account.Id == account).Select(conditional => conditional.Order))
            .Where(conditional => IsOn(instrument, conditional.Request))
            .OrderBy(conditional => conditional.Id)];

    /// <summary>Fills, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<Fill> Fills(AccountId account, int instrument) =>
        [.. Account(account).History.Fills.Where(fill => instrument < 0 || fill.Instrument == instrument)];

    /// <summary>Income entries, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<IncomeBooked> Income(AccountId account) => [.. Account(account).History.Income];

    /// <summary>Amendments of orders, oldest first, as far as history reaches.</summary>
    public IReadOnlyList<Amendment> Amendments(AccountId account, int instrument) =>
        [.. Account(account).History.Amendments.Where(amendment => instrument < 0 || amendment.Instrument == instrument)];

    public AccountSummary Summarize(AccountId account) => SummaryDesk.Of(Account(account));

    /// <summary>Leverage of the account on an instrument.</summary>
    public int Leverage(AccountId account, int instrument) => Account(account).Holdings[instrument].Leverage;

    /// <summary>Best levels of a side of the book, best first.</summary>
    public IReadOnlyList<QuoteLevel> Levels(int instrument, Side side, int depth) => Floor.Markets[instrument].Book.Levels(side, depth);

    /// <summary>The best price of a side of the book; null where nobody stands there.</summary>
    public decimal? BestPrice(int instrument, Side side) => Floor.Markets[instrument] is var market && market.Book.On(side).Best is { } best ? market.Units.ToPrice(best.Price) : null;

    /// <summary>The update id of the book's last change.</summary>
    public long LastUpdateId(int instrument) => Floor.Markets[instrument].Book.UpdateId;

    public decimal LastPrice(int instrument) => PriceOf(instrument, market => market.LastPrice);

    public decimal MarkPrice(int instrument) => PriceOf(instrument, market => market.MarkPrice);

    public decimal IndexPrice(int instrument) => PriceOf(instrument, market => market.IndexPrice);

    public bool IsHalted(int instrument) => Floor.Markets[instrument].IsHalted;

    /// <summary>Everything the engine is, to be kept in a file; <see cref="Restore"/> brings it back to the bit.</summary>
    public EngineState Capture() => StateWriter.Write(exchange);

    /// <exception cref="ConfigurationException">The state is of an exchange with other instruments.</exception>
    public static MatchingEngine Restore(MatchingSettings settings, EngineState state) => new(StateReader.Read(settings, state));

    private MarginAccount Account(AccountId account) => Floor.Accounts[account.Value];

    private Market? Market(int instrument) => instrument < 0 ? null : Floor.Markets[instrument];

    private decimal PriceOf(int instrument, Func<Market, int> price) => Floor.Markets[instrument].Units.ToPrice(price(Floor.Markets[instrument]));

    private static bool IsOn(int instrument, OrderRequest request) => instrument < 0 || request.Instrument == instrument;
}
