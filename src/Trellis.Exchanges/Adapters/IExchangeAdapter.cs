using Trellis.Core.Markets;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Adapters;

/// <summary>
/// One account at one exchange. Calls never throw for what an exchange can answer: trading calls say what is known of the outcome
/// (<see cref="PlaceAnswer"/>), reading calls throw <see cref="ExchangeException"/> with its kind.
/// </summary>
public interface IExchangeAdapter : IAsyncDisposable
{
    /// <summary>Lower case, such as <c>binance</c>.</summary>
    string Name { get; }

    ExchangeEnvironment Environment { get; }

    AdapterCapabilities Capabilities { get; }

    /// <summary>How its streams, limits and clock are.</summary>
    AdapterHealth Health { get; }

    IMarketData MarketData { get; }

    ITradingApi Trading { get; }

    /// <summary>Reads server time, rules and account facts; starts clock sync. Once, before anything else.</summary>
    Task ConnectAsync(CancellationToken cancellation);

    /// <summary>
    /// Quotes and closed candles of the instruments flow to the sink until cancelled: resubscribed after losses, polled while a stream is
    /// down or where configured so. Losses and silences are told to the sink.
    /// </summary>
    Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation);

    /// <summary>Orders, fills and income of the account flow to the sink until cancelled; losses are told, so that it reconciles.</summary>
    Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation);
}

public enum ExchangeEnvironment : byte
{
    /// <summary>Real money.</summary>
    Mainnet,
    Testnet,

    /// <summary>A simulator at an address of its own.</summary>
    Simulator,

    /// <summary>Live prices, made-up fills.</summary>
    Paper,
}

/// <param name="Amend">Whether open limit orders can be amended in place.</param>
/// <param name="Batch">Most orders of one batch; 1 for none.</param>
/// <param name="NativeTriggers">Whether trigger orders wait at the exchange.</param>
public sealed record AdapterCapabilities(bool Amend, int Batch, bool NativeTriggers, bool HedgeMode);

/// <summary>What people should see of a connection.</summary>
/// <param name="ClockOffset">Exchange clock − ours, milliseconds.</param>
/// <param name="UsedWeightPercent">How much of the tightest limit is used.</param>
/// <param name="BannedUntil">Until when the exchange has shut this address out, on its clock, Unix milliseconds; 0 where it has not.</param>
public sealed record AdapterHealth(
    bool MarketStreamUp, bool UserStreamUp, long ClockOffset, double UsedWeightPercent, bool CircuitOpen, long LastMarketData, long LastUserData, long BannedUntil = 0);

/// <summary>Where market data goes. Called from the stream's loop; must return at once.</summary>
public interface IMarketSink
{
    void Quote(InstrumentId instrument, decimal bid, decimal ask, long time);

    void CandleClosed(InstrumentId instrument, in Candle candle);

    void Lost(string why);

    void Restored();
}

/// <summary>Where account events go. A call may block: an order event is never dropped.</summary>
public interface IUserSink
{
    void Order(VenueOrder order);

    void Fill(VenueFill fill);

    void Income(VenueIncome income);

    void Lost(string why);

    void Restored();
}
