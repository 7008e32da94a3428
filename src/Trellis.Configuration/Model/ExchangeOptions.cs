using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

public enum ExchangeType
{
    /// <summary>An exchange of its own on this machine.</summary>
    Simulator,

    Binance,
}

public enum TradingEnvironment
{
    /// <summary>Real money.</summary>
    Mainnet,

    /// <summary>The exchange's own playground.</summary>
    Testnet,
}

/// <summary>Where live orders go, and how the connection behaves; every setting has a default.</summary>
[Meaning("Where live trading happens, and how the connection behaves. Backtests do not look at it.")]
public sealed record ExchangeOptions
{
    [Meaning("simulator: an exchange of its own on this machine, started by trellis run; binance: Binance's USDⓈ-M perpetuals.", Example = "binance")]
    public ExchangeType Type { get; init; } = ExchangeType.Simulator;

    [Meaning("mainnet (real money) or testnet (the exchange's playground); binance only.", Example = "testnet")]
    public TradingEnvironment Environment { get; init; } = TradingEnvironment.Mainnet;

    [Meaning("Name of the account in the journal and on screens.", Example = "main")]
    [Pattern("^[a-z0-9-]{1,32}$", "1 to 32 lower-case letters, digits and hyphens")]
    public string Account { get; init; } = "main";

    [Meaning("API key. Better kept in the environment variable TRELLIS__EXCHANGE__API_KEY.", Example = "YOUR-API-KEY")]
    [Pattern("^[!-~]{1,256}$", "1 to 256 printable ASCII characters without blanks")]
    [Secret]
    public string? ApiKey { get; init; }

    [Meaning("API secret. Better kept in the environment variable TRELLIS__EXCHANGE__API_SECRET.", Example = "YOUR-API-SECRET")]
    [Pattern("^[!-~]{1,256}$", "1 to 256 printable ASCII characters without blanks")]
    [Secret]
    public string? ApiSecret { get; init; }

    [Meaning("Base address instead of the official one.", Example = "http://127.0.0.1:8790")]
    [Pattern("^https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?$", "an http or https address such as http://127.0.0.1:8790")]
    public string? Address { get; init; }

    [Meaning("Whether to poll instead of listening to streams.", Example = "false")]
    public bool PollOnly { get; init; }

    [Meaning("Seconds between two polls.", Example = "1")]
    [Bounds(AtLeast = "0.1", AtMost = "60")]
    public decimal PollSeconds { get; init; } = 1m;

    [Meaning("A stream without data for this many seconds counts as lost.", Example = "30")]
    [Bounds(AtLeast = "1", AtMost = "600")]
    public int SilenceSeconds { get; init; } = 30;

    [Meaning("How old an order may be when the exchange takes it, in milliseconds; it is refused when it comes later. Other requests may be 5000 old at least.", Example = "1500")]
    [Bounds(AtLeast = "100", AtMost = "60000")]
    public int ReceiveWindowMs { get; init; } = 1_500;

    [Meaning("How the exchange on this machine behaves; type simulator only.")]
    public EmbeddedSimulatorOptions? Simulator { get; init; }

    /// <summary>Without the values, of which some are secrets.</summary>
    public override string ToString() => nameof(ExchangeOptions);
}
