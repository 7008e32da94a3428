using Trellis.Core.Markets;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Inputs;

/// <summary>
/// Something that the trading loop is told. Equal inputs in equal order give equal effects, to the bit: the journal keeps
/// them, a restart feeds them again, and a replay demands the same effects.
/// </summary>
/// <param name="Time">When the shell took it up, on the exchange's clock as far as it is known, Unix milliseconds; never runs backwards.</param>
public abstract record TradingInput(long Time);

/// <summary>The last quote of an instrument. Conflated: only the latest counts.</summary>
/// <param name="Market">Index in <see cref="TradingSettings.Markets"/>.</param>
public sealed record QuoteChanged(long Time, int Market, decimal Bid, decimal Ask) : TradingInput(Time);

/// <summary>A candle of the bots' interval is over.</summary>
public sealed record CandleClosed(long Time, int Market, Candle Candle) : TradingInput(Time);

/// <summary>The user stream told of an order, or somebody asked for it.</summary>
public sealed record OrderReported(long Time, VenueOrder Order) : TradingInput(Time);

/// <summary>The user stream told of a fill. A report with order and fill comes as the fill first.</summary>
public sealed record FillReported(long Time, VenueFill Fill) : TradingInput(Time);

public sealed record IncomeReported(long Time, VenueIncome Income) : TradingInput(Time);

/// <summary>What came of a <see cref="Effects.PlaceOrder"/>.</summary>
public sealed record PlaceAnswered(long Time, string ClientOrderId, PlaceAnswer Answer) : TradingInput(Time);

public enum AnswerKind : byte
{
    /// <summary>The exchange has it.</summary>
    Accepted,

    /// <summary>An explicit refusal: nothing happened.</summary>
    Refused,

    /// <summary>Time-out, disconnect, 5xx, or an answer that can't be read: it may have happened.</summary>
    Unknown,

    /// <summary>It certainly never left this machine (circuit open, limiter closed, shutdown).</summary>
    NotSent,
}

/// <summary>Why an exchange refused, as far as it matters to what is done next.</summary>
public enum RefusalKind : byte
{
    Other,

    /// <summary>A post-only order that would take.</summary>
    WouldTake,

    /// <summary>A conditional order whose trigger is met already.</summary>
    WouldTriggerAtOnce,
    InsufficientMargin,

    /// <summary>A reduce-only order with nothing to reduce.</summary>
    NothingToReduce,

    /// <summary>Price, quantity or notional break a rule of the instrument: rules have to be read anew.</summary>
    BreaksRules,
    DuplicateClientOrderId,
    UnknownOrder,
    RateLimited,

    /// <summary>Key, signature, permission, address: nothing will work until a person acts.</summary>
    NotAllowed,
}

/// <param name="Order">With <see cref="AnswerKind.Accepted"/>: the order where the answer told it, else null.</param>
/// <param name="Text">The exchange's words, or what went wrong.</param>
/// <param name="RetryAfter">Where it was refused for now only: when it may be tried again, milliseconds from now; 0 where that is not known.</param>
public sealed record PlaceAnswer(AnswerKind Kind, RefusalKind Refusal, VenueOrder? Order, string Text, long RetryAfter = 0);

/// <summary>What came of a <see cref="Effects.CancelOrder"/>; a cancel is final only when the order's executed quantity is known.</summary>
public sealed record CancelAnswered(long Time, string ClientOrderId, PlaceAnswer Answer) : TradingInput(Time);

/// <summary>What a <see cref="Effects.QueryOrder"/> found.</summary>
/// <param name="Kind">Accepted: found; Refused: the exchange does not know the id; Unknown: no readable answer.</param>
/// <param name="AskedAt">The exchange's clock when the question left.</param>
public sealed record OrderQueried(long Time, string ClientOrderId, AnswerKind Kind, VenueOrder? Order, long AskedAt) : TradingInput(Time);

/// <summary>The answer to a <see cref="Effects.Reconcile"/>.</summary>
public sealed record SnapshotTaken(long Time, int Reconciliation, VenueSnapshot Snapshot) : TradingInput(Time);

/// <summary>A <see cref="Effects.Reconcile"/> could not be carried out.</summary>
public sealed record SnapshotFailed(long Time, int Reconciliation, string Text) : TradingInput(Time);

public enum StreamKind : byte
{
    Market,
    User,
}

/// <summary>A stream was lost, or may have lost something (gap, overflow, silence): nothing since then can be relied on.</summary>
public sealed record StreamLost(long Time, StreamKind Stream, string Text) : TradingInput(Time);

/// <summary>A stream flows again.</summary>
public sealed record StreamRestored(long Time, StreamKind Stream) : TradingInput(Time);

/// <summary>A time that the loop asked for by <see cref="Effects.WakeAt"/> has come.</summary>
public sealed record TimePassed(long Time) : TradingInput(Time);

/// <summary>Other rules are in force on an instrument.</summary>
public sealed record RulesChanged(long Time, int Market, InstrumentRules Rules) : TradingInput(Time);

public enum BotCommandKind : byte
{
    Start,

    /// <summary>No new decisions; orders stay as they are.</summary>
    Pause,
    Resume,

    /// <summary>Ends the bot: its orders are cancelled, and its position closed where <see cref="BotCommand.ClosePosition"/> says so.</summary>
    Stop,
}

/// <summary>A person's or a webhook's command to a bot.</summary>
/// <param name="Bot">Index in <see cref="TradingSettings.Bots"/>.</param>
/// <param name="By">Who gave it, for the audit.</param>
public sealed record BotCommand(long Time, int Bot, BotCommandKind Kind, bool ClosePosition, string By) : TradingInput(Time);

/// <summary>The kill switch: cancels every order of ours, refuses new ones until it is released; durable.</summary>
public sealed record KillSwitched(long Time, bool On, bool ClosePositions, string By) : TradingInput(Time);

/// <summary>An order in our form that no journal knows becomes ours again.</summary>
public sealed record OrderAdopted(long Time, string ClientOrderId, string By) : TradingInput(Time);

/// <summary>The process begins: everything whose outcome was not written down is unknown, and nothing trades until a reconciliation succeeded.</summary>
/// <param name="AloneSince">
/// When it became the only one that may send for the account, on the exchange's clock, Unix milliseconds: whatever an earlier process sent is older. 0 where that is not known: then it is now.
/// </param>
public sealed record Started(long Time, string Fingerprint, long AloneSince = 0) : TradingInput(Time);

/// <summary>The process is about to end: no new decisions; <paramref name="CancelOrders"/> as the configuration's <c>on_stop</c> says.</summary>
public sealed record Stopping(long Time, bool CancelOrders) : TradingInput(Time);
