using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>The whole configuration: one account, what it trades on, and the bots that trade.</summary>
[Meaning("Trellis configuration: an account, its instruments and its bots.")]
public sealed record Document
{
    [Meaning("The wallet that all bots share.")]
    public required AccountOptions Account { get; init; }

    [Meaning("How a backtest of this document runs.")]
    public BacktestOptions Backtest { get; init; } = new();

    [Meaning("The markets that bots may trade.")]
    [Entries(1)]
    public required IReadOnlyList<InstrumentOptions> Instruments { get; init; }

    [Meaning("The bots. Where several could act in one candle, they act in this order.")]
    [Entries(1)]
    public required IReadOnlyList<BotOptions> Bots { get; init; }

    [Meaning("Paper trading: live prices of the exchange, made-up fills, no order leaves.", Example = "false")]
    [LeftOutByDefault]
    public bool DryRun { get; init; }

    [Meaning("Where live trading happens, and how the connection behaves.")]
    [LeftOutByDefault]
    public ExchangeOptions Exchange { get; init; } = new();

    [Meaning("How live and paper trading of this document runs.")]
    [LeftOutByDefault]
    public LiveOptions Live { get; init; } = new();

    [Meaning("Limits of live and paper trading, over all bots. What is left out is not limited; real money demands the first three.")]
    [LeftOutByDefault]
    public RiskOptions Risk { get; init; } = new();

    [Meaning("Where live trading keeps its journal and ledger.")]
    [LeftOutByDefault]
    public StorageOptions Storage { get; init; } = new();

    [Meaning("The log files of live trading.")]
    [LeftOutByDefault]
    public LogOptions Logs { get; init; } = new();

    /// <summary>The same without what only live trading looks at, so that it changes nothing about a backtest and does not stand in its result.</summary>
    public Document ForBacktest() => this with { DryRun = false, Exchange = new(), Live = new(), Risk = new(), Storage = new(), Logs = new() };

    /// <summary>
    /// The instruments that a bot's <c>instrument</c> can mean: <c>BTCUSDT</c> or <c>binance/perp/BTCUSDT</c>.
    /// None: unknown; several: the exchange and market have to be written out.
    /// </summary>
    public IReadOnlyList<InstrumentOptions> FindInstruments(string reference) =>
        [.. Instruments.Where(instrument => instrument.Symbol == reference || instrument.Id.ToString() == reference)];
}

/// <summary>
/// Marks what a saved document leaves out where it is as by default, so that a document about backtests, and what is made from it, stays
/// without a word about live trading.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LeftOutByDefaultAttribute : Attribute;
