using Trellis.Simulator.Exchange;
using Trellis.Simulator.Venues.Binance.Streams.Market;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>The market streams that somebody listens to. Its members are called under the hub's lock.</summary>
internal sealed class StreamRegistry(StreamFeed feed)
{
    private readonly Dictionary<string, StreamSource> _sources = new(StringComparer.Ordinal);
    private StreamSource[] _all = [];
    private long _now;

    public Subscription Subscribe(StreamSession session, StreamName name)
    {
        if (!_sources.TryGetValue(name.Text, out var source))
        {
            source = StreamSources.Create(name, feed);
            source.NextTick = name.Period == 0 ? long.MaxValue : _now + name.Period;
            _sources.Add(name.Text, source);
            _all = [.. _sources.Values];
        }

        var subscription = new Subscription(session, source);
        source.Add(subscription);
        source.Welcome();
        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        var source = subscription.Source;
        source.Remove(subscription);
        if (source.IsAlone)
        {
            _sources.Remove(source.Name.Text);
            _all = [.. _sources.Values];
        }
    }

    public void Observe(EventBatch batch)
    {
        foreach (var source in _all)
        {
            foreach (var change in batch.Levels)
            {
                source.OnLevel(change);
            }

            foreach (var occurred in batch.Events)
            {
                source.OnEvent(occurred);
            }

            source.OnBatchEnd(batch);
        }
    }

    /// <summary>Sends now what waits for its period; the periods go on as they were.</summary>
    public void Flush()
    {
        foreach (var source in _all)
        {
            if (source.Name.Period > 0)
            {
                source.Tick();
            }
        }
    }

    /// <param name="now">Milliseconds, growing.</param>
    public void Tick(long now)
    {
        _now = now;
        foreach (var source in _all)
        {
            if (source.NextTick <= now)
            {
                source.NextTick = Math.Max(source.NextTick + source.Name.Period, now + 1);
                source.Tick();
            }
        }
    }
}
