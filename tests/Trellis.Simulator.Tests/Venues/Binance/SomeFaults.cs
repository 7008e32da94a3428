using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>Faults that a test sets by hand.</summary>
internal sealed class SomeFaults : IFaultPoints
{
    public RequestFault Before { get; set; }

    public AnswerFault After { get; set; }

    public List<RequestFacts> Asked { get; } = [];

    public long ClockSkew => 0;

    public double LimitFactor { get; set; } = 1;

    public bool InMaintenance { get; set; }

    public RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay)
    {
        Asked.Add(facts);
        delay = TimeSpan.Zero;
        return Before;
    }

    public AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return After;
    }

    public FrameFault OnFrame(in FrameFacts facts) => FrameFault.None;

    public bool StreamsAreSilent(bool userData) => false;

    public void OnSignal(Action<FaultSignal> handler)
    {
    }
}
