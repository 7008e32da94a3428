using Trellis.Core.Matching.Events;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>
/// One stream that somebody listens to: gathers what happens and says it, at once or at its pace. A message is put together once and
/// the same bytes go to all. Its members are called under the hub's lock.
/// </summary>
internal abstract class StreamSource(StreamName name, StreamFeed feed)
{
    private Subscription[] _subscriptions = [];

    public StreamName Name { get; } = name;

    public LatestFrame LatestRaw { get; } = new();

    public LatestFrame LatestCombined { get; } = new();

    public bool IsAlone => _subscriptions.Length == 0;

    protected StreamFeed Feed { get; } = feed;

    /// <summary>When <see cref="Tick"/> is due next, in milliseconds of the hub's own count.</summary>
    public long NextTick { get; set; }

    public void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    public void Remove(Subscription subscription) => _subscriptions = [.. _subscriptions.Where(other => other != subscription)];

    /// <summary>Somebody has subscribed who has seen nothing yet.</summary>
    public virtual void Welcome()
    {
    }

    /// <summary>A level of the instrument changed.</summary>
    public virtual void OnLevel(in LevelChange change)
    {
    }

    /// <summary>Something happened: every event of a batch, of every instrument.</summary>
    public virtual void OnEvent(MatchingEvent occurred)
    {
    }

    /// <summary>The batch is over; what the market data store shows holds all of it.</summary>
    public virtual void OnBatchEnd(EventBatch batch)
    {
    }

    /// <summary>The stream's period is over.</summary>
    public virtual void Tick()
    {
    }

    /// <summary>Sends what lies in the buffer to all who listen.</summary>
    protected void Publish()
    {
        OutboundFrame? raw = null;
        OutboundFrame? combined = null;
        var facts = new FrameFacts(Name.Text, IsUserData: false);
        foreach (var subscription in _subscriptions)
        {
            var session = subscription.Session;
            var frame = session.IsCombined ? combined ??= Feed.Buffer.Combined(Name.Text) : raw ??= Feed.Buffer.Raw();
            session.Connection.Send(frame, facts);
        }
    }

    /// <summary>Sends what lies in the buffer; whoever has not read the message before yet gets only this one.</summary>
    protected void PublishLatest()
    {
        var (hasRaw, hasCombined) = (false, false);
        var facts = new FrameFacts(Name.Text, IsUserData: false);
        foreach (var subscription in _subscriptions)
        {
            var session = subscription.Session;
            if (session.IsCombined)
            {
                LatestCombined.Frame = hasCombined ? LatestCombined.Frame : Feed.Buffer.Combined(Name.Text);
                hasCombined = true;
            }
            else
            {
                LatestRaw.Frame = hasRaw ? LatestRaw.Frame : Feed.Buffer.Raw();
                hasRaw = true;
            }

            session.Connection.Send(session.IsCombined ? subscription.CombinedSlot : subscription.RawSlot, facts);
        }
    }
}
