using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>What one command did on the naive exchange, in the order in which it happened.</summary>
internal sealed class NaiveReport
{
    /// <summary>Every reason for which the command has to be refused; the exchange may name any of them. Empty where it is carried out.</summary>
    public required IReadOnlyList<RefusalReason> Refusals { get; init; }

    /// <summary>The order that was placed, amended or cancelled.</summary>
    public NaiveOrder? Order { get; init; }

    public NaiveConditional? Conditional { get; init; }

    public List<NaiveTrade> Trades { get; init; } = [];

    public List<NaiveFill> Fills { get; init; } = [];

    public List<NaiveOrder> Placed { get; init; } = [];

    public List<NaiveOrder> Ended { get; init; } = [];

    public List<NaiveConditional> Conditionals { get; init; } = [];

    public List<NaiveIncome> Incomes { get; init; } = [];
}

/// <summary>One side of a trade; a trade's taker comes before its maker.</summary>
internal sealed record NaiveFill(
    NaiveOrder Order,
    int Instrument,
    long TradeId,
    decimal Price,
    decimal Quantity,
    bool IsMaker,
    decimal Fee,
    decimal Realized)
{
    public AccountId Account => Order.Account;

    public Side Side => Order.Request.Side;
}

/// <summary>A trade that the whole market sees.</summary>
internal sealed record NaiveTrade(int Instrument, long TradeId, decimal Price, decimal Quantity, Side Aggressor);

internal sealed record NaiveIncome(AccountId Account, IncomeKind Kind, int Instrument, decimal Amount);

/// <summary>What the naive exchange takes over from the exchange that it judges, since margin may be modelled in more than one way.</summary>
/// <param name="Refusal">The reason for which it refused the command.</param>
/// <param name="Rejected">Conditional orders that it rejected for want of margin when they triggered.</param>
internal sealed record MarginVerdict(RefusalReason? Refusal, IReadOnlySet<long> Rejected)
{
    public static MarginVerdict Ample { get; } = new(null, new HashSet<long>());

    public bool RefusesCommand => Refusal is RefusalReason.InsufficientMargin or RefusalReason.PositionAboveLeverageCap or RefusalReason.InsufficientBalance;
}
