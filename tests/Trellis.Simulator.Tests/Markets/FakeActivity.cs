using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>Clients as a test wants them; each look of the market can be met with a reaction.</summary>
internal sealed class FakeActivity : IActivity
{
    private int _looks;
    private int _userStreams;

    /// <summary>Called before each answer with the number of the look.</summary>
    public Action<int>? OnLook { get; set; }

    public int RequestsInFlight { get; set; }

    public long LastRequest { get; set; }

    public int QueuedFrames { get; set; }

    public int UserStreams
    {
        get
        {
            OnLook?.Invoke(++_looks);
            return _userStreams;
        }

        set => _userStreams = value;
    }

    public int Connections => _userStreams;
}
