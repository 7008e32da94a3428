using Trellis.Core.Matching;
using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>The exchange that <c>trellis run</c> starts beside itself; every setting has a default.</summary>
[Meaning("The exchange that trellis run starts on this machine; the settings are those of trellis exchange-sim.")]
public sealed record EmbeddedSimulatorOptions
{
    [Meaning("How fast the market's time goes.", Example = "60x")]
    [Pattern("^(max|step|[0-9]{1,6}(\\.[0-9]{1,6})?x)$", "max, step, or a number from 0.001 to 100000 with an x behind it, such as 1x, 60x or 0.5x")]
    public string Speed { get; init; } = "1x";

    [Meaning("Number that picks the generated market; another seed is another market.", Example = "1")]
    [Bounds(AtLeast = "0")]
    public long Seed { get; init; } = 1;

    [Meaning("book: price-time priority in an order book; candle: the rule of backtests.", Example = "book")]
    public FillRule FillRule { get; init; } = FillRule.Book;

    [Meaning("Files of candles, trades or funding to replay, relative to this document: each with the symbol in its name, or SYMBOL=FILE. Default: a generated market.", Example = "BTCUSDT-1m.csv.gz")]
    [Entries(1)]
    [Pattern("^[^\\u0000-\\u001F]+$", "a path or SYMBOL=PATH without control characters")]
    public IReadOnlyList<string>? Data { get; init; }

    [Meaning("At speed step: how long clients must be quiet before the next candle, in milliseconds.", Example = "20")]
    [Bounds(AtLeast = "0", AtMost = "60000")]
    public int QuietMs { get; init; } = 20;
}
