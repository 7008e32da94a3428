using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>Faults as a test sets them.</summary>
internal sealed class TestFaults : IFaultPoints
{
    private Action<FaultSignal>? _handler;

    public Func<FrameFacts, FrameFault> Frames { get; set; } = static _ => FrameFault.None;

    public bool MarketIsSilent { get; set; }

    public bool UsersAreSilent { get; set; }

    public long ClockSkew => 0;

    public double LimitFactor { get; set; } = 1;

    public bool InMaintenance { get; set; }

    public void Signal(FaultSignal signal) => _handler?.Invoke(signal);

    public RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return RequestFault.None;
    }

    public AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return AnswerFault.None;
    }

    public FrameFault OnFrame(in FrameFacts facts) => Frames(facts);

    public bool StreamsAreSilent(bool userData) => userData ? UsersAreSilent : MarketIsSilent;

    public void OnSignal(Action<FaultSignal> handler) => _handler += handler;
}
