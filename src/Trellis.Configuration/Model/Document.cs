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

    /// <summary>
    /// The instruments that a bot's <c>instrument</c> can mean: <c>BTCUSDT</c> or <c>binance/perp/BTCUSDT</c>.
    /// None: unknown; several: the exchange and market have to be written out.
    /// </summary>
    public IReadOnlyList<InstrumentOptions> FindInstruments(string reference) =>
        [.. Instruments.Where(instrument => instrument.Symbol == reference || instrument.Id.ToString() == reference)];
}
