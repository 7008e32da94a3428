using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Recording;

namespace Trellis.Simulator.Hosting;

/// <summary>Translates between one exchange's wire and the matching core. Nothing of a venue leaks inward.</summary>
public interface IVenue : IAsyncDisposable
{
    /// <summary>Lower case.</summary>
    string Name { get; }

    /// <summary>Answers a request or takes over a WebSocket; false where the host and path are not the venue's.</summary>
    ValueTask<bool> TryHandleAsync(HttpContext context);

    /// <summary>State of the venue's own that must survive a kill, such as what opens streams, as text; empty for none.</summary>
    string CaptureState();

    void RestoreState(string state);
}

/// <summary>A client's credentials and the account that they open.</summary>
public sealed record ApiCredential(string Key, string Secret, string Passphrase, AccountId Account)
{
    public bool MayTrade { get; init; } = true;

    public bool MayWithdraw { get; init; }
}

/// <summary>Everything that a venue may use.</summary>
public sealed record VenueContext
{
    public required SimulatedExchange Exchange { get; init; }

    public required MarketDataStore MarketData { get; init; }

    public required ISimulatorClock Clock { get; init; }

    public required IFaultPoints Faults { get; init; }

    public required IWireRecorder Recorder { get; init; }

    public required TimeProvider Time { get; init; }

    public required IReadOnlyList<ApiCredential> Credentials { get; init; }

    /// <summary>Where requests over a venue's own WebSockets are counted, and the venue's streams are told of; REST requests are counted by the host.</summary>
    public ClientActivity Activity { get; init; } = new(TimeProvider.System);

    /// <summary>Which market a path belongs to that names none, where the host names none either.</summary>
    public MarketKind DefaultMarket { get; init; } = MarketKind.Perp;

    /// <summary>Tells the host that the venue's own state changed; completes when it is on disk.</summary>
    public Func<ValueTask> StateChanged { get; init; } = static () => ValueTask.CompletedTask;

    /// <summary>Cancelled when the simulator stops: streams then get a close frame, and waits end.</summary>
    public CancellationToken Stopping { get; init; }
}
