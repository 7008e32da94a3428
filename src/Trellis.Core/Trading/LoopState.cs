using Trellis.Core.Markets;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Quotes;

namespace Trellis.Core.Trading;

/// <summary>What all parts of the loop share.</summary>
internal sealed class LoopState
{
    private readonly Dictionary<InstrumentId, int> marketOf = [];

    public LoopState(TradingSettings settings)
    {
        Settings = settings;
        Permission = new Permission(Outbox);
        var interval = SettingsCheck.IntervalOf(settings);
        Markets = [.. settings.Markets.Select((market, index) => new MarketState(index, market, interval))];
        foreach (var market in Markets)
        {
            marketOf.Add(market.Instrument.Id, market.Index);
        }

        Pace = new Pace(this);
        Books = new Books(settings, Markets, Outbox);
        Bots = [.. settings.Bots.Select(MakeBot)];
    }

    public TradingSettings Settings { get; }

    public Outbox Outbox { get; } = new();

    public MarketState[] Markets { get; }

    public BotRun[] Bots { get; }

    public OrderTable Orders { get; } = new();

    public Books Books { get; }

    public Pace Pace { get; }

    public bool HasStarted { get; set; }

    /// <summary>The process ends: no new decisions.</summary>
    public bool IsStopping { get; set; }

    /// <summary>…and orders are cancelled.</summary>
    public bool CancelsOnStop { get; set; }

    public bool IsKilled { get; set; }

    public string KilledBy { get; set; } = "";

    /// <summary>Whether the exchange lets us trade.</summary>
    public Permission Permission { get; }

    /// <summary>A reconciliation has succeeded since the start.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Since when the user stream can't be relied on, 0 for ever; null while it can.</summary>
    public long? UserStreamLostAt { get; set; }

    /// <summary>It flows again, and what it missed has to be asked for.</summary>
    public bool UserStreamIsBack { get; set; }

    /// <summary>Limits have to be judged anew.</summary>
    public bool RiskIsDirty { get; set; } = true;

    /// <summary>Why everything has to be asked for, soon; null where nothing asks for it.</summary>
    public string? ReconcileReason { get; private set; }

    public long Now => Outbox.Now;

    public void WantReconcile(string reason) => ReconcileReason ??= reason;

    public void ReconcileIsAsked() => ReconcileReason = null;

    public MarketState? Market(InstrumentId instrument) => marketOf.TryGetValue(instrument, out var index) ? Markets[index] : null;

    public BotLane LaneOf(TrackedOrder order) => Bots[order.Bot].Lanes[order.Lane];

    public void Dirty()
    {
        RiskIsDirty = true;
        foreach (var bot in Bots)
        {
            bot.Dirty();
        }
    }

    private BotRun MakeBot(TradingBot bot, int index) => new(index, bot, Books.Bots[index],
    [
        .. bot.Markets.Select((market, lane) => new BotLane(index, lane, Markets[market], Books.Bots[index])
        {
            IsAlone = Settings.Bots.Sum(other => other.Markets.Count(each => each == market)) == 1,
            Shared = (IsHeldByOthers(index, market, TradingDirection.Long), IsHeldByOthers(index, market, TradingDirection.Short)),
        }),
    ]);

    /// <summary>Whether another bot than one may hold a market's position of a direction.</summary>
    private bool IsHeldByOthers(int index, int market, TradingDirection direction) =>
        Settings.Bots.Where((other, place) => place != index && other.Markets.Contains(market)).Any(other => other.Direction == TradingDirection.Either || other.Direction == direction);
}
