using System.Text;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Keeping;

namespace Trellis.Simulator;

/// <summary>Keeps a venue's own state, such as what opens streams, in the state file.</summary>
/// <param name="log">Null where nothing is kept.</param>
internal sealed class VenueKeeping(StateLog? log)
{
    private const string Part = "venue";

    private readonly Lock _gate = new();
    private IVenue? _venue;

    /// <summary>Gives the venue back what was kept.</summary>
    public void Attach(IVenue venue, KeptState? found)
    {
        if (found?.Part(Part) is { } kept)
        {
            venue.RestoreState(Encoding.UTF8.GetString(kept));
        }

        _venue = venue;
    }

    /// <summary>Completes when the state of now is on disk.</summary>
    public ValueTask StateChangedAsync()
    {
        if (log is null)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            // Captured and appended in one, so that the last word in the file is the last state.
            return _venue is null ? ValueTask.CompletedTask : log.CommittedAsync(log.AppendPart(Part, Encoding.UTF8.GetBytes(_venue.CaptureState())));
        }
    }
}
