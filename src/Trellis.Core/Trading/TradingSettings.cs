using Trellis.Core.Markets;
using Trellis.Core.Strategies;

namespace Trellis.Core.Trading;

/// <summary>Everything that decides what a trading loop does, besides its inputs.</summary>
public sealed record TradingSettings
{
    /// <summary>Part of every client order id: tells installations on one account apart; 4 of [a-z0-9].</summary>
    public required string Installation { get; init; }

    public required IReadOnlyList<TradingMarket> Markets { get; init; }

    /// <summary>In configuration order.</summary>
    public required IReadOnlyList<TradingBot> Bots { get; init; }

    public bool HedgeMode { get; init; }

    /// <summary>Currency of the wallet.</summary>
    public required string Currency { get; init; }

    /// <summary>Length of the candles whose closes ask the bots, milliseconds.</summary>
    public long CandleInterval { get; init; } = 60_000;

    public required RiskLimits Limits { get; init; }

    /// <summary>How long an order may be under way to the exchange after its timestamp, milliseconds; an unknown one is settled as never arrived only after it, with a margin.</summary>
    public long ReceiveWindow { get; init; } = 1_500;

    /// <summary>Between two reconciliations of a quiet account, milliseconds.</summary>
    public long ReconcileEvery { get; init; } = 60_000;
}

/// <summary>An instrument that bots trade.</summary>
/// <param name="Units">Its integers; rules that come later must fit them.</param>
/// <param name="Rules">In force at the start.</param>
public sealed record TradingMarket(Instrument Instrument, InstrumentUnits Units, InstrumentRules Rules);

/// <summary>A bot: a strategy on one or more markets.</summary>
public sealed record TradingBot
{
    public required string Name { get; init; }

    /// <summary>Makes a fresh strategy; called at the start, and when a stopped bot is started again.</summary>
    public required Func<IStrategy> Strategy { get; init; }

    /// <summary>Indices in <see cref="TradingSettings.Markets"/>, one per lane.</summary>
    public required IReadOnlyList<int> Markets { get; init; }

    /// <summary>Own money of the bot in the account's currency: what its strategy sees as its wallet at the start, beside its own results.</summary>
    public required decimal Capital { get; init; }

    public decimal Leverage { get; init; } = 1m;

    /// <summary>Which positions its strategy can hold; bots that meet on an instrument in one-way mode must all be long or all be short.</summary>
    public TradingDirection Direction { get; init; }

    /// <summary>Whether it begins by itself.</summary>
    public bool StartsAtOnce { get; init; } = true;
}

public enum TradingDirection : byte
{
    /// <summary>Long and short ones, or it is not known.</summary>
    Either,
    Long,
    Short,
}

/// <summary>The limits that hold from the first order on; null is no limit.</summary>
public sealed record RiskLimits
{
    /// <summary>Largest notional of one instrument, all bots and foreign positions together, resting and unknown entries at their worst case; in the account's currency.</summary>
    public decimal? MaxPosition { get; init; }

    /// <summary>Largest sum of notionals over all instruments, counted likewise.</summary>
    public decimal? MaxTotalExposure { get; init; }

    /// <summary>Largest fall of equity from its highest, in percent; reaching it throws the kill switch.</summary>
    public decimal? MaxDrawdownPercent { get; init; }

    /// <summary>Most open orders of ours per instrument.</summary>
    public int? MaxOrdersPerInstrument { get; init; }

    /// <summary>Limit orders further than this from the last price are not sent, in percent.</summary>
    public decimal? PriceCollarPercent { get; init; }
}
