using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>Clients as a test wants them; each look can be met with a reaction.</summary>
internal sealed class FakeActivity : IActivity
{
    private int _looks;

    /// <summary>Called before each answer with the number of the look.</summary>
    public Action<int>? OnLook { get; set; }

    public int Requests { get; set; }

    public long LastRequest { get; set; }

    public int QueuedFrames { get; set; }

    public int UserStreams { get; set; }

    public int Connections => UserStreams;

    public int RequestsInFlight
    {
        get
        {
            OnLook?.Invoke(++_looks);
            return Requests;
        }
    }
}
