using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>A market that bots may trade, and what differs from the catalogue.</summary>
[Meaning("A market that bots may trade. What is not written here comes from the instrument catalogue.")]
public sealed record InstrumentOptions
{
    [Meaning("The exchange's symbol without separators.", Example = "BTCUSDT")]
    [Pattern("^[A-Z0-9]{2,32}$", "2 to 32 upper-case letters and digits, such as BTCUSDT")]
    public required string Symbol { get; init; }

    [Meaning("The exchange: binance, bybit, okx, or another name of your own.", Example = "binance")]
    [Pattern("^[a-z][a-z0-9_]{0,31}$", "a lower-case name of up to 32 letters, digits and underscores, such as binance, bybit or okx")]
    public required string Exchange { get; init; }

    [Meaning("spot, or perp for a linear perpetual contract.", Example = "perp")]
    public required MarketKind Market { get; init; }

    [Meaning("File of funding rates (CSV, also gzip), relative to this document; perpetuals only.", Example = "funding/BTCUSDT.csv.gz")]
    [Pattern("^[^\\u0000-\\u001F]+$", "a path without control characters")]
    public string? Funding { get; init; }

    [Meaning("A made-up market instead of candles from the store. Results say that it is made up.")]
    public GenerateOptions? Generate { get; init; }

    [Meaning("Base currency; needed only where neither the catalogue nor the symbol tells it.", Example = "BTC")]
    [Pattern("^[A-Z0-9]{1,20}$", "1 to 20 upper-case letters and digits, such as BTC")]
    public string? BaseCurrency { get; init; }

    [Meaning("Quote currency; needed only where neither the catalogue nor the symbol tells it.", Example = "USDT")]
    [Pattern("^[A-Z0-9]{1,20}$", "1 to 20 upper-case letters and digits, such as USDT")]
    public string? QuoteCurrency { get; init; }

    [Meaning("Base currency per contract. Default: the catalogue's, else 1.", Example = "1")]
    [Bounds(Above = "0")]
    public decimal? ContractMultiplier { get; init; }

    [Meaning("quote: fees are paid in quote currency; received: in what a fill brings in. Default: the catalogue's, else received on spot and quote on perp.", Example = "quote")]
    public FeeCurrency? FeeCurrency { get; init; }

    [Meaning("Overrides of the catalogue's rules, oldest first. An entry changes what it names from its date on; the rest stays.")]
    [Entries(1)]
    public IReadOnlyList<RulesOptions>? Rules { get; init; }

    [Meaning("Leverage table, smallest notional first, instead of the catalogue's; perpetuals only. The last tier also holds above its cap.")]
    [Entries(1)]
    public IReadOnlyList<LeverageTierOptions>? LeverageTiers { get; init; }

    /// <summary>The market this names; not a setting of its own.</summary>
    public InstrumentId Id => new(Exchange, Market, Symbol);
}
