namespace Trellis.Simulator.Faults;

/// <summary>What can go wrong; written with hyphens in files, such as <c>lost-answer</c>.</summary>
public enum FaultKind
{
    DropMessage,
    DelayMessage,
    DuplicateMessage,
    ReorderMessages,

    DelayRequest,
    Disconnect,
    Overloaded,
    UnknownNotExecuted,

    DelayAnswer,
    LostAnswer,
    UnknownExecuted,
    GarbledAnswer,

    SilentStreams,
    ClockSkew,
    LimitSqueeze,
    Maintenance,

    CloseStreams,
    ExpireUserStreams,

    PartialFills,
    ChangeRules,
    TradingHalt,
}

/// <summary>Where a fault is asked for.</summary>
public enum FaultStage
{
    /// <summary>A message on its way out of a stream.</summary>
    Message,

    /// <summary>A request before it is carried out.</summary>
    Request,

    /// <summary>A request after it was carried out.</summary>
    Answer,

    /// <summary>A condition that lasts.</summary>
    Condition,

    /// <summary>Something that happens once, whenever it is triggered.</summary>
    Signal,

    /// <summary>A condition of the exchange itself.</summary>
    Exchange,
}

public static class FaultKinds
{
    /// <summary>The kinds' names in files, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<FaultKind>().Select(Name)];

    public static string Name(this FaultKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static FaultKind Parse(string name) => (FaultKind)Names.Index().First(entry => entry.Item == name).Index;

    public static FaultStage Stage(this FaultKind kind) => kind switch
    {
        <= FaultKind.ReorderMessages => FaultStage.Message,
        <= FaultKind.UnknownNotExecuted => FaultStage.Request,
        <= FaultKind.GarbledAnswer => FaultStage.Answer,
        <= FaultKind.Maintenance => FaultStage.Condition,
        <= FaultKind.ExpireUserStreams => FaultStage.Signal,
        _ => FaultStage.Exchange,
    };

    /// <summary>Whether it meets something that happens again and again, so that it can meet it with a probability or every so often.</summary>
    public static bool IsRepeated(this FaultStage stage) => stage is FaultStage.Message or FaultStage.Request or FaultStage.Answer;
}
