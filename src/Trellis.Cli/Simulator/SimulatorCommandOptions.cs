using System.CommandLine;
using System.Reflection;
using Trellis.Cli.Backtest;
using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Simulator;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Markets.Listings;

namespace Trellis.Cli.Simulator;

/// <summary>The options of <c>exchange-sim</c>: what each is called, what it means, and what its value becomes.</summary>
internal sealed class SimulatorCommandOptions
{
    private readonly Option<string> _exchange = Text("--exchange", "Which exchange to be; binance.", "NAME", "binance");
    private readonly Option<string> _market = Text("--default-market", "Which market a path without a market in it belongs to; perp.", "MARKET", "perp");
    private readonly Option<string> _host = Text("--host", "Address to listen on. Anything but a loopback address lets other machines in.", "ADDRESS", "127.0.0.1");
    private readonly Option<int> _port = new("--port") { Description = "Port for REST and WebSocket; 0 takes a free one.", HelpName = "PORT", DefaultValueFactory = _ => ListenArguments.DefaultPort };
    private readonly Option<string[]> _keys = Many("--key", $"API key of an account; give it again for further accounts. Default: {AccountArguments.DefaultKey}", "KEY");
    private readonly Option<string[]> _secrets = Many("--secret", $"API secret of the key at the same place. Default: {AccountArguments.DefaultSecret}", "SECRET");
    private readonly Option<string[]> _accounts = Many("--account", "A further account with a name of its own: NAME:KEY:SECRET or NAME:KEY:SECRET:BALANCE.", "ACCOUNT");
    private readonly Option<string> _balance = Text("--balance", "What new accounts begin with.", "USDT=AMOUNT", AccountArguments.DefaultBalance);
    private readonly Option<bool> _hedge = new("--hedge") { Description = "New accounts are in hedge mode: long and short positions apart." };
    private readonly Option<int> _leverage = new("--leverage") { Description = "Leverage of new accounts; 1 to 125.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string[]> _instruments = Many("--instrument", "Symbols, separated by commas or given one by one. Default: those of --data, else BTCUSDT, ETHUSDT, SOLUSDT, XRPUSDT", "SYMBOL", "--instruments");
    private readonly Option<string[]> _data = Many("--data", "Candles, trades or funding to replay: FILE with the symbol in its name, or SYMBOL=FILE. Without, the market is generated.", "FILE");
    private readonly Option<string> _speed = Text("--speed", $"How fast the market's time goes: {MarketSpeed.Allowed}.", "SPEED", "1x");
    private readonly Option<string> _fillRule = Text("--fill-rule", "book: price-time priority in an order book; candle: the rule of backtests.", "RULE", "book");
    private readonly Option<decimal> _slippage = new("--slippage") { Description = "With --fill-rule candle: slippage of takers in percent.", HelpName = "PERCENT" };
    private readonly Option<long> _seed = new("--seed") { Description = "Equal seeds give equal generated markets.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _history = new("--history") { Description = $"Minutes of the past that clients can ask for at the start; 0 to {MarketOptions.MostHistoryMinutes}.", HelpName = "MINUTES", DefaultValueFactory = _ => MarketOptions.DefaultHistoryMinutes };
    private readonly Option<string?> _from = Maybe("--from", "Instant of the data at which the market starts, UTC, such as 2024-01-31 or 2024-01-31T12:00Z.", "TIME");
    private readonly Option<int> _quiet = new("--quiet") { Description = "With --speed step: how long clients must be quiet before the next candle, in milliseconds.", HelpName = "MS", DefaultValueFactory = _ => MarketOptions.DefaultQuietMilliseconds };
    private readonly Option<string?> _faults = Maybe("--faults", "A script of faults; docs/simulator-faults.md.", "FILE");
    private readonly Option<string?> _state = Maybe("--state", "Keep the exchange in this file: a kill loses nothing, and the next start goes on.", "FILE");
    private readonly Option<string?> _record = Maybe("--record", "Write all that crosses the wire to this file, as JSON lines, without secrets.", "FILE");
    private readonly Option<string?> _token = Maybe("--control-token", "Token of the control API; default: a new one, which is printed.", "TOKEN");

    /// <summary>Where a machine reads that the simulator is ready.</summary>
    public Option<string?> ReadyFile { get; } = Maybe("--ready-file", "Write port, token and process id to this file, as JSON, once the exchange is ready.", "FILE");

    public IEnumerable<Option> All =>
    [
        _exchange, _market, _host, _port, _keys, _secrets, _accounts, _balance, _hedge, _leverage, _instruments, _data, _speed, _fillRule,
        _slippage, _seed, _history, _from, _quiet, _faults, _state, _record, _token, ReadyFile,
    ];

    /// <param name="newToken">Makes the control token where none is given.</param>
    /// <exception cref="ConfigurationException">A value is wrong.</exception>
    public SimulatorOptions Read(ParseResult parse, Func<string> newToken)
    {
        var venue = Venue(parse.GetRequiredValue(_exchange));
        CheckMarket(parse.GetRequiredValue(_market));
        return new SimulatorOptions
        {
            EndPoint = ListenArguments.Read(parse.GetRequiredValue(_host), parse.GetValue(_port)),
            Accounts = AccountArguments.Read(parse.GetValue(_keys) ?? [], parse.GetValue(_secrets) ?? [], parse.GetValue(_accounts) ?? [], parse.GetRequiredValue(_balance)),
            OpenVenue = venue.Open,
            Market = Market(parse, venue.Listings),
            HedgeMode = parse.GetValue(_hedge),
            Leverage = Leverage(parse.GetValue(_leverage)),
            FaultsFile = FileName("--faults", parse.GetValue(_faults)),
            StateFile = FileName("--state", parse.GetValue(_state)),
            RecordFile = FileName("--record", parse.GetValue(_record)),
            ControlToken = Token(parse.GetValue(_token)) ?? newToken(),
            Program = typeof(SimulatorCommandOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        };
    }

    private MarketOptions Market(ParseResult parse, ListingRules listings) => new()
    {
        Listings = listings,
        Instruments = Symbols(parse.GetValue(_instruments) ?? []),
        Data = parse.GetValue(_data) ?? [],
        Speed = MarketSpeed.Parse(parse.GetRequiredValue(_speed)),
        FillRule = Rule(parse.GetRequiredValue(_fillRule)),
        SlippagePercent = Slippage(parse),
        Seed = parse.GetValue(_seed),
        HistoryMinutes = parse.GetValue(_history),
        From = TimeRange.Read("--from", parse.GetValue(_from)),
        QuietMilliseconds = parse.GetValue(_quiet),
    };

    private decimal Slippage(ParseResult parse)
    {
        var slippage = parse.GetValue(_slippage);
        return slippage == 0 || parse.GetRequiredValue(_fillRule) != "book"
            ? slippage
            : throw new ConfigurationException($"--slippage {slippage} is for --fill-rule candle; in a book, takers pay what the book has");
    }

    private static int Leverage(int leverage) => leverage is >= 1 and <= 125
        ? leverage
        : throw new ConfigurationException($"--leverage {leverage} is out of range; allowed: 1 to 125");

    private static SimulatedVenue Venue(string exchange) => SimulatedVenue.All.FirstOrDefault(venue => venue.Name == exchange)
        ?? throw new ConfigurationException(
            $"--exchange {(exchange is "bybit" or "okx" ? $"{exchange} is not simulated yet" : $"'{exchange}' is not known")}; allowed: {string.Join(", ", SimulatedVenue.All.Select(venue => venue.Name))}");

    private static void CheckMarket(string market)
    {
        if (market != "perp")
        {
            throw new ConfigurationException(market == "spot"
                ? "--default-market spot: spot is not simulated yet; allowed: perp (USDⓈ-M futures)"
                : $"--default-market '{market}' is not known; allowed: perp (spot is not simulated yet)");
        }
    }

    private static List<string> Symbols(string[] values)
    {
        var symbols = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        foreach (var symbol in symbols)
        {
            if (symbol.Length is 0 or > 40 || !symbol.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter)))
            {
                throw new ConfigurationException($"--instrument '{symbol}' is not a symbol; allowed: upper case letters and digits, such as BTCUSDT, several separated by commas");
            }
        }

        return symbols;
    }

    private static FillRule Rule(string text) => text switch
    {
        "book" => FillRule.Book,
        "candle" => FillRule.Candle,
        _ => throw new ConfigurationException($"--fill-rule '{text}' is not known; allowed: book, candle"),
    };

    private static string? FileName(string option, string? path) => path switch
    {
        "" => throw new ConfigurationException($"{option} is empty; allowed: the name of a file"),
        not null when Directory.Exists(path) => throw new ConfigurationException($"{option} {path} is a folder; allowed: the name of a file"),
        _ => path,
    };

    private static string? Token(string? token) => token is null || (token.Length is >= 8 and <= 200 && token.All(letter => letter is > ' ' and < '\x7F'))
        ? token
        : throw new ConfigurationException("--control-token is not a token; allowed: 8 to 200 printable ASCII characters without blanks");

    private static Option<string> Text(string name, string description, string help, string value) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };

    private static Option<string?> Maybe(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static Option<string[]> Many(string name, string description, string help, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = name == "--data" };
}
