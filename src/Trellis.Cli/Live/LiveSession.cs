using System.Globalization;
using System.Reflection;
using Trellis.Cli.Backtest;
using Trellis.Cli.Live.Setup;
using Trellis.Configuration;
using Trellis.Configuration.Checks;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Engine;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;
using Trellis.Engine.Recovery;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Http;

namespace Trellis.Cli.Live;

/// <summary>Everything of a run in the order in which it comes up, and in reverse when it goes down.</summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];
    private readonly Lazy<ExchangeHttpClients> clients = new(static () => new ExchangeHttpClients(), LazyThreadSafetyMode.None);
    private readonly Action<string>? checkpoint = KillPoint.FromEnvironment(Environment.GetEnvironmentVariable);

    private LiveSession(LoadedConfiguration loaded, LiveAccount account, HomeFolder home)
    {
        Loaded = loaded;
        Account = account;
        Home = home;
    }

    public LoadedConfiguration Loaded { get; }

    public LiveAccount Account { get; }

    public HomeFolder Home { get; }

    public Document Document => Loaded.Document;

    public string StorageName { get; private set; } = "";

    public EmbeddedSimulator? Simulator { get; private set; }

    public IExchangeAdapter Adapter { get; private set; } = null!;

    public IJournal Journal { get; private set; } = null!;

    public AgreedSettings Agreed { get; private set; } = null!;

    public IReadOnlyList<Instrument> Instruments { get; private set; } = [];

    public static string Fingerprint { get; } = RuntimeFingerprint.Of(
        typeof(LiveSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Connects and agrees on settings; trades nothing yet.</summary>
    /// <exception cref="TrellisException">Something has to be changed first.</exception>
    public static async Task<LiveSession> OpenAsync(LoadedConfiguration loaded, bool keepJournaled, TimeProvider time, Action<string> warn, CancellationToken cancellation)
    {
        var document = loaded.Document;
        var account = LiveAccount.Of(document);
        Refuse(document, account);
        var session = new LiveSession(loaded, account, HomeFolder.Find(Environment.GetEnvironmentVariable));
        try
        {
            await session.ConnectAsync(keepJournaled, time, warn, cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public EngineSetup EngineSetup(TimeProvider time, IReadOnlyList<IEngineObserver> observers) => new()
    {
        Adapter = Adapter,
        Journal = Journal,
        Settings = Agreed.Settings,
        Interval = Agreed.Document.Live.Interval,
        RulesNow = [.. Instruments.Select(instrument => instrument.Rules[0])],
        Fingerprint = Fingerprint,
        Time = time,
        CancelOnStop = Document.Live.OnStop == OrdersOnStop.Cancel,
        History = LiveSettings.History(Agreed.Document, Instruments),
        Observers = observers,
        Checkpoint = checkpoint,
    };

    public async ValueTask DisposeAsync()
    {
        for (var i = owned.Count - 1; i >= 0; i--)
        {
            await owned[i].DisposeAsync();
        }

        if (clients.IsValueCreated)
        {
            clients.Value.Dispose();
        }

        // Who holds the account's lock ends its exchange too, which its state file keeps; a run that was refused must not touch another one's.
        if (Journal is not null && Simulator is not null)
        {
            await Simulator.StopAsync();
        }
    }

    private async Task ConnectAsync(bool keepJournaled, TimeProvider time, Action<string> warn, CancellationToken cancellation)
    {
        // It comes up while the journal is opened and all that needs no exchange is made ready.
        var starting = Document.Exchange.Type == ExchangeType.Simulator ? EmbeddedSimulator.StartAsync(Loaded, Account, Home, time, cancellation) : null;
        string deciding;
        try
        {
            var (store, name) = Journals.Of(Loaded, Home, time, checkpoint);
            StorageName = name;
            Journal = await store.OpenAsync(Account.Key, cancellation);
            owned.Add(Journal);
            _ = clients.Value;
            deciding = GenerationSettings.Deciding(Document);
            InputCodec.Prepare();
        }
        catch
        {
            await (starting is null ? Task.CompletedTask : EmbeddedSimulator.EndNewAsync(starting));
            throw;
        }

        Simulator = starting is null ? null : await starting;
        Adapter = Setup.Exchanges.Create(Document, Account, Simulator, Home, clients.Value, time);
        owned.Add(Adapter);
        await Adapter.ConnectAsync(cancellation);
        var offered = await Adapter.MarketData.GetInstrumentsAsync(cancellation);
        var now = time.GetUtcNow();
        Agreed = await JournalSettings.AgreeAsync(Journal, Document, deciding, LiveSettings.Instruments(Document, offered, now), keepJournaled, cancellation);
        Instruments = LiveSettings.Instruments(Agreed.Document, offered, now);
        await new StartChecks(Adapter, Account, Agreed.Document, Agreed.Settings, warn).RunAsync(Agreed.IsNew, cancellation);
    }

    /// <summary>What no live run can be made of, whatever the exchange says.</summary>
    private static void Refuse(Document document, LiveAccount account)
    {
        List<ConfigurationProblem> problems = [.. new LadderCheck().Check(document)];
        if (account.Environment == ExchangeEnvironment.Mainnet)
        {
            problems.AddRange(LiveChecks.ForMainnet(document));
        }

        foreach (var (bot, index) in document.Bots.Select((bot, index) => (bot, index)))
        {
            var id = document.FindInstruments(bot.Instrument)[0].Id;
            if (id.Market != MarketKind.Perp || id.Exchange != account.Exchange)
            {
                problems.Add(new ConfigurationProblem
                {
                    Path = string.Create(CultureInfo.InvariantCulture, $"bots[{index}].instrument"),
                    Value = id.ToString(),
                    Rule = $"can't be traded on {account.Exchange} USDⓈ-M futures",
                    Allowed = $"a perpetual of {account.Exchange}",
                });
            }
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }
    }
}
