using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Serilog.Events;
using Spectre.Console;
using Trellis.Cli.Backtest;
using Trellis.Cli.Live.Logs;
using Trellis.Cli.Live.Screen;
using Trellis.Cli.Live.Setup;
using Trellis.Configuration.Model;
using Trellis.Engine;
using Trellis.Engine.Observing;
using Trellis.Exchanges.Adapters;

namespace Trellis.Cli.Live;

/// <summary>What people see of a run: the banner, then a screen on a terminal or lines elsewhere, and log files in any case.</summary>
internal sealed class LiveOutput : IAsyncDisposable
{
    private readonly IAnsiConsole console;
    private readonly LiveFacts facts;
    private readonly LogFiles logs;
    private readonly LiveScreen? screen;
    private readonly PlainLines? lines;

    private LiveOutput(IAnsiConsole console, LiveFacts facts, LogFiles logs, LiveScreen? screen, PlainLines? lines)
    {
        this.console = console;
        this.facts = facts;
        this.logs = logs;
        this.screen = screen;
        this.lines = lines;
        Observers = [logs, screen is null ? lines! : screen];
    }

    public IReadOnlyList<IEngineObserver> Observers { get; }

    /// <param name="session">Open.</param>
    /// <param name="output">Of the command.</param>
    /// <param name="time">Clock.</param>
    /// <param name="say">Where troubles of the log files are told.</param>
    public static LiveOutput Create(LiveSession session, TextWriter output, TimeProvider time, Action<string> say)
    {
        var about = Facts(session);
        var target = LiveConsole.Create(output);
        var files = new LogFiles(LogSettings(session), about, time, say);
        return LiveScreen.CanShow(target)
            ? new LiveOutput(target, about, files, new LiveScreen(target, about, time), null)
            : new LiveOutput(target, about, files, null, new PlainLines(output, about, time));
    }

    public void Begin() => Banner.Write(console, facts);

    /// <summary>Shows until cancelled.</summary>
    public async Task ShowAsync(Func<Task<EngineStatus>> status, CancellationToken cancellation)
    {
        if (screen is not null)
        {
            await screen.RunAsync(status, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (lines is not null)
        {
            await lines.DisposeAsync();
        }

        await logs.DisposeAsync();
    }

    private static LiveFacts Facts(LiveSession session)
    {
        var document = session.Document;
        var exchange = document.Exchange;
        return new LiveFacts
        {
            Mode = session.Account.Environment switch
            {
                ExchangeEnvironment.Mainnet => LiveMode.Mainnet,
                ExchangeEnvironment.Testnet => LiveMode.Testnet,
                ExchangeEnvironment.Paper => LiveMode.DryRun,
                _ => LiveMode.Simulator,
            },
            Exchange = session.Account.Exchange,
            Account = session.Account.Name,
            Address = session.Simulator?.Address.ToString() ?? exchange.Address ?? (exchange.Environment == TradingEnvironment.Testnet ? "the exchange's testnet" : "the exchange's own"),
            Settings = session.Agreed.Settings,
            Strategies = [.. session.Agreed.Document.Bots.Select(bot => BotStrategy.Of(bot)!.Section)],
            Storage = session.StorageName,
            ControlSocket = session.Home.Socket(session.Account.Key),
            LogFolder = session.Home.Logs(session.Loaded),
            Version = typeof(LiveOutput).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            ConfigurationHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(GenerationSettings.Deciding(session.Agreed.Document)))),
            Redaction = new Redaction(new[] { exchange.ApiKey, exchange.ApiSecret, document.Storage.Connection }.OfType<string>()),
        };
    }

    private static LogFileSettings LogSettings(LiveSession session)
    {
        var options = session.Document.Logs;
        return new LogFileSettings
        {
            Folder = session.Home.Logs(session.Loaded),
            Level = Enum.Parse<LogEventLevel>(options.Level.ToString()),
            FileBytes = options.FileMb * 1_000_000L,
            Keep = options.Keep,
        };
    }
}
