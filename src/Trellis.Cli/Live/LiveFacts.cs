using Trellis.Core.Trading;

namespace Trellis.Cli.Live;

/// <summary>What a run trades, where and with what: all that people must know of it before its first order. Holds no secret.</summary>
internal sealed record LiveFacts
{
    public required LiveMode Mode { get; init; }

    /// <summary>As configured, such as <c>binance</c>.</summary>
    public required string Exchange { get; init; }

    /// <summary>Name of the account in the configuration.</summary>
    public required string Account { get; init; }

    /// <summary>Of the exchange's interface.</summary>
    public required string Address { get; init; }

    /// <summary>Instruments, bots and limits.</summary>
    public required TradingSettings Settings { get; init; }

    /// <summary>Name of each bot's strategy, in the settings' order.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Where the journal is, such as <c>SQLite trellis.db</c>; without a password.</summary>
    public required string Storage { get; init; }

    /// <summary>Path of the socket for commands; empty without one.</summary>
    public required string ControlSocket { get; init; }

    public required string LogFolder { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the configuration, hex.</summary>
    public required string ConfigurationHash { get; init; }

    /// <summary>What must not be shown, whoever says it.</summary>
    public Redaction Redaction { get; init; } = Redaction.None;

    public string Bot(int bot) => bot >= 0 && bot < Settings.Bots.Count ? Redaction.Clean(Settings.Bots[bot].Name) : "";

    public string Instrument(int market) => Settings.Markets[market].Instrument.Id.ToString();

    /// <summary>The symbol alone where no other instrument has it.</summary>
    public string ShortName(int market)
    {
        var id = Settings.Markets[market].Instrument.Id;
        return Settings.Markets.Count(each => each.Instrument.Id.Symbol == id.Symbol) == 1 ? id.Symbol : id.ToString();
    }
}

/// <summary>What an order of a run costs.</summary>
internal enum LiveMode
{
    /// <summary>Real money.</summary>
    Mainnet,

    /// <summary>An exchange's own test environment.</summary>
    Testnet,

    /// <summary>A simulated exchange.</summary>
    Simulator,

    /// <summary>Live prices, made-up fills.</summary>
    DryRun,
}
