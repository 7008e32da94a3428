namespace Trellis.Server.Api;

/// <summary>What an account's engine says of itself.</summary>
/// <param name="Account">Exchange, environment and name, such as <c>binance/mainnet/main</c>.</param>
/// <param name="Mode">LIVE, TESTNET, SIMULATOR or DRY RUN.</param>
/// <param name="Time">The exchange's clock, Unix milliseconds.</param>
/// <param name="IsReconciled">Whether the account is understood since the start.</param>
/// <param name="Problem">Why the last reconciliation did not do; empty where it did.</param>
/// <param name="KilledBy">Who threw the kill switch; empty while it is off.</param>
/// <param name="Forbidden">What the exchange said when it forbade trading; empty where it has not.</param>
/// <param name="Currency">Of all money below.</param>
public sealed record StatusMessage(
    string Account,
    string Mode,
    long Time,
    bool IsReconciled,
    string Problem,
    string KilledBy,
    string Forbidden,
    string Currency,
    decimal Equity,
    HealthMessage Health,
    IReadOnlyList<BotMessage> Bots,
    IReadOnlyList<MarketMessage> Markets,
    IReadOnlyList<OrderMessage> Orders,
    IReadOnlyList<ForeignOrderMessage> ForeignOrders);

/// <param name="ClockOffset">Exchange clock − ours, milliseconds.</param>
/// <param name="UsedWeightPercent">Of the tightest request limit.</param>
/// <param name="Sequence">Of the last input.</param>
/// <param name="Committed">Of the last input on disk.</param>
/// <param name="StorageTrouble">Why commits fail; empty while they do not.</param>
public sealed record HealthMessage(
    bool MarketStreamUp, bool UserStreamUp, long ClockOffset, double UsedWeightPercent, bool CircuitOpen, long Sequence, long Committed, string StorageTrouble, int Waiting, int Requests);

/// <summary>A bot: realized + unrealized + fees + funding = the change of its equity.</summary>
public sealed record BotMessage(
    string Name, string State, string Reason, decimal Realized, decimal Unrealized, decimal Fees, decimal Funding, IReadOnlyList<PositionMessage> Positions, StrategyMessage? Strategy);

/// <param name="Size">Signed.</param>
public sealed record PositionMessage(string Instrument, string Side, decimal Size, decimal EntryPrice, decimal Unrealized);

/// <summary>What a strategy says of itself.</summary>
/// <param name="State">Such as running, or waiting with the reason.</param>
/// <param name="Pairs">Completed pairs of entry and exit.</param>
/// <param name="Matched">Their gross profit.</param>
public sealed record StrategyMessage(string State, int Pairs, decimal Matched, IReadOnlyList<NoteMessage> Notes);

public sealed record NoteMessage(string Name, string Value);

/// <param name="ForeignSize">What the exchange holds and no bot made.</param>
public sealed record MarketMessage(string Instrument, decimal Bid, decimal Ask, decimal LastClose, decimal Size, decimal ForeignSize);

public sealed record OrderMessage(
    string Bot, string Instrument, string ClientOrderId, string VenueOrderId, string Side, string Kind, decimal Price, decimal TriggerPrice, decimal Quantity, decimal Filled, string State, string Reason);

/// <summary>An order of the account that no bot made.</summary>
public sealed record ForeignOrderMessage(string Instrument, string ClientOrderId, string VenueOrderId, string Side, decimal Price, decimal Quantity);

/// <summary>A command to a bot, or to all.</summary>
/// <param name="Close">With stop or kill: whether positions are closed at market.</param>
/// <param name="By">Who gives it, for the audit.</param>
public sealed record CommandMessage(bool Close = false, string By = "");

/// <param name="ClientOrderId">In our form.</param>
public sealed record AdoptMessage(string ClientOrderId, string By = "");

/// <summary>That a command was taken; what came of it is in the state and in the alerts.</summary>
public sealed record TakenMessage(string Text);

/// <param name="Error">What is wrong, and what is allowed.</param>
public sealed record ErrorMessage(string Error);
