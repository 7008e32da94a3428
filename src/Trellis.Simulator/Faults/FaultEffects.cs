namespace Trellis.Simulator.Faults;

/// <summary>What a rule of the plan does to a request, an answer, a message or the streams.</summary>
internal static class FaultEffects
{
    /// <summary>Adds a fault to what a request or answer has met: delays add up, and of the others the first counts.</summary>
    /// <param name="kind">The default value for a delay.</param>
    public static void Meet<T>(this ActiveFault fault, ref T met, T kind, ref TimeSpan delay)
        where T : struct, Enum
    {
        if (EqualityComparer<T>.Default.Equals(kind, default))
        {
            fault.Fire();
            delay += fault.Rule.Delay;
        }
        else if (EqualityComparer<T>.Default.Equals(met, default))
        {
            fault.Fire();
            met = kind;
        }
    }

    public static RequestFault ToRequestFault(this FaultKind kind) => kind switch
    {
        FaultKind.Disconnect => RequestFault.Disconnect,
        FaultKind.Overloaded => RequestFault.Overloaded,
        FaultKind.UnknownNotExecuted => RequestFault.UnknownNotExecuted,
        _ => RequestFault.None,
    };

    public static AnswerFault ToAnswerFault(this FaultKind kind) => kind switch
    {
        FaultKind.LostAnswer => AnswerFault.Lost,
        FaultKind.UnknownExecuted => AnswerFault.UnknownExecuted,
        FaultKind.GarbledAnswer => AnswerFault.Garbled,
        _ => AnswerFault.None,
    };

    public static FrameFault ToFrameFault(this FaultRule rule) => rule.Kind switch
    {
        FaultKind.DropMessage => FrameFault.None with { Copies = 0 },
        FaultKind.DelayMessage => FrameFault.None with { Delay = rule.Delay },
        FaultKind.DuplicateMessage => FrameFault.None with { Copies = rule.Copies },
        _ => FrameFault.None with { SwapWithNext = true },
    };

    public static FaultSignal ToSignal(this FaultRule rule) => (rule.Kind, rule.Streams) switch
    {
        (FaultKind.ExpireUserStreams, _) => FaultSignal.ExpireUserStreams,
        (_, FaultStreams.User) => FaultSignal.CloseUserStreams,
        _ => FaultSignal.CloseAllStreams,
    };
}
