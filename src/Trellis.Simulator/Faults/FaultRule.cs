namespace Trellis.Simulator.Faults;

/// <summary>One entry of a fault plan: what goes wrong, with what, when, and how often. docs/simulator-faults.md has every field.</summary>
public sealed record FaultRule
{
    /// <summary>Unique in the plan.</summary>
    public required string Id { get; init; }

    public required FaultKind Kind { get; init; }

    public FaultMatch Match { get; init; } = new();

    /// <summary>Chance of each occurrence; 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Only every so-manieth occurrence; 1 for each.</summary>
    public long Every { get; init; } = 1;

    /// <summary>Begins at this market time, Unix milliseconds.</summary>
    public long? At { get; init; }

    /// <summary>Begins this long after it was loaded, by the time of day.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Begins when so many matching requests have come.</summary>
    public long? AfterRequests { get; init; }

    /// <summary>How often it fires at most; null for ever.</summary>
    public long? Count { get; init; }

    /// <summary>How long it lasts: market time with <see cref="At"/>, else by the time of day; null for ever.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Delay of a message, request or answer, or the skew of the clock, which may be below 0.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How often a message is sent.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>What rate limits are multiplied with.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Which streams: user data, market data, or both.</summary>
    public FaultStreams Streams { get; init; }

    /// <summary>Whether orders that only reduce risk are spared an overload.</summary>
    public bool SparesReduceOnly { get; init; } = true;

    /// <summary>Into how many parts fills are split.</summary>
    public int Parts { get; init; } = 2;

    /// <summary>Symbol whose rules change or whose trading halts; null for all.</summary>
    public string? Instrument { get; init; }

    public RuleChanges? Rules { get; init; }
}

public enum FaultStreams
{
    All,
    User,
    Market,
}

/// <summary>Which requests or messages a fault meets; what is null matches everything. Patterns may have <c>*</c> for any text.</summary>
public sealed record FaultMatch
{
    public string? Method { get; init; }

    public string? Path { get; init; }

    public bool OrdersOnly { get; init; }

    /// <summary>Pattern of a market stream's name.</summary>
    public string? Stream { get; init; }

    /// <summary>Pattern of a user stream's event.</summary>
    public string? Event { get; init; }

    public bool Meets(in RequestFacts facts) =>
        (Method is null || string.Equals(Method, facts.Method, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Pattern.Matches(Path, facts.Path))
        && (!OrdersOnly || facts.IsOrder);

    public bool Meets(in FrameFacts facts) =>
        (Stream is null && Event is null)
        || (facts.IsUserData ? Event is not null && Pattern.Matches(Event, facts.Stream) : Stream is not null && Pattern.Matches(Stream, facts.Stream));
}

/// <summary>Rules of an instrument that change; null where one stays.</summary>
public sealed record RuleChanges(decimal? TickSize, decimal? LotSize, decimal? MinQuantity, decimal? MinNotional, decimal? MakerFee, decimal? TakerFee);
