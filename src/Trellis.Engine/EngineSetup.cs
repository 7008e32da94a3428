using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine;

/// <summary>What an engine is made from.</summary>
public sealed record EngineSetup
{
    /// <summary>Connected.</summary>
    public required IExchangeAdapter Adapter { get; init; }

    /// <summary>Open, with a generation.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Those of the journal's generation.</summary>
    public required TradingSettings Settings { get; init; }

    /// <summary>Length of the candles whose closes ask the bots.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Rules as the exchange tells them now, by market.</summary>
    public required IReadOnlyList<InstrumentRules> RulesNow { get; init; }

    /// <summary>Program, runtime and maths library, for the journal.</summary>
    public required string Fingerprint { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Whether an orderly stop cancels open orders; else they stay.</summary>
    public bool CancelOnStop { get; init; }

    /// <summary>Candles before the first start, by market; at least 1, at most what the exchange gives in one answer.</summary>
    public required IReadOnlyList<int> History { get; init; }

    public IReadOnlyList<IEngineObserver> Observers { get; init; } = [];

    public EngineLimits Limits { get; init; } = new();

    /// <summary>Called by name at the points where a test may end the process.</summary>
    public Action<string>? Checkpoint { get; init; }
}

/// <summary>How long an engine waits, and how much it holds.</summary>
public sealed record EngineLimits
{
    /// <summary>Order events that wait; the next one stops its reader.</summary>
    public int OrderQueue { get; init; } = 10_000;

    /// <summary>A reader that was stopped for longer counts as a gap in its stream.</summary>
    public TimeSpan OrderQueuePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An order whose commit took longer is not sent any more: what it was decided on is over.</summary>
    public TimeSpan CommitPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For each step of an orderly stop.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the market stream at the start: a market where nothing happens tells nothing.</summary>
    public TimeSpan MarketStreamPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For the user stream at the start.</summary>
    public TimeSpan StreamPatience { get; init; } = TimeSpan.FromSeconds(10);
}
