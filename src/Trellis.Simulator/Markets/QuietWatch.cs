using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Markets;

/// <summary>Waits until clients have had their say on what the market did.</summary>
/// <param name="quiet">How long nothing may have happened.</param>
internal sealed class QuietWatch(SimulatedExchange exchange, IActivity activity, TimeProvider time, TimeSpan quiet)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private bool _hasSeenStream;

    /// <summary>
    /// Completes when every event has been published and sent, no request is in flight, and all that has been so for the quiet time.
    /// </summary>
    /// <param name="needsStream">Whether a user stream must have been connected at some time.</param>
    /// <param name="stop">Looked at while waiting: true gives up.</param>
    public async ValueTask WaitAsync(bool needsStream, Func<bool> stop, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (!stop())
        {
            var now = time.GetTimestamp();
            if (IsBusy(needsStream))
            {
                since = now;
            }
            else if (time.GetElapsedTime(Math.Max(since, activity.LastRequest), now) is var rest && rest >= quiet)
            {
                return;
            }

            await Task.Delay(Glance, time, cancellation);
        }
    }

    private bool IsBusy(bool needsStream)
    {
        _hasSeenStream |= activity.UserStreams > 0;
        return (needsStream && !_hasSeenStream) || activity.RequestsInFlight > 0 || activity.QueuedFrames > 0 || !exchange.IsQuiet;
    }
}
