using Trellis.Core.Options;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Configuration.Model;

/// <summary>A bot: a name, an instrument and exactly one strategy.</summary>
[Meaning("A bot: a name, an instrument and exactly one strategy section.")]
public sealed record BotOptions
{
    [Meaning("Name of the bot, unique in this document.", Example = "btc-grid")]
    [Pattern("^[a-z0-9-]{1,32}$", "1 to 32 lower-case letters, digits and hyphens")]
    public required string Name { get; init; }

    [Meaning("What it trades: a symbol from instruments, or exchange/market/SYMBOL where the symbol is there more than once.", Example = "BTCUSDT")]
    [Pattern("^([a-z][a-z0-9_]{0,31}/(spot|perp)/)?[A-Z0-9]{2,32}$", "a symbol such as BTCUSDT, or exchange/market/SYMBOL such as binance/perp/BTCUSDT")]
    public required string Instrument { get; init; }

    [Meaning("A grid bot: buys at each line, sells one line higher (or the reverse for a short grid).")]
    [Strategy]
    public GridOptions? Grid { get; init; }

    [Meaning("A DCA bot: a base order, safety orders that improve the average, a take profit on it (or the reverse for short).")]
    [Strategy]
    public DcaOptions? Dca { get; init; }

    [Meaning("A signal bot: at the close of a candle a signal says long or short; the bot enters with a take profit and a stop loss.")]
    [Strategy]
    public SignalOptions? Signal { get; init; }
}

/// <summary>Marks the sections of a bot of which exactly one must be there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class StrategyAttribute : Attribute;
