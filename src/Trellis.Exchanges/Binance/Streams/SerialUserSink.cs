using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>One call at a time, whoever has something to tell: the stream, the poller, or whoever fetches income.</summary>
internal sealed class SerialUserSink(IUserSink inner) : IUserSink
{
    private readonly Lock _gate = new();

    public void Order(VenueOrder order)
    {
        lock (_gate)
        {
            inner.Order(order);
        }
    }

    public void Fill(VenueFill fill)
    {
        lock (_gate)
        {
            inner.Fill(fill);
        }
    }

    public void Income(VenueIncome income)
    {
        lock (_gate)
        {
            inner.Income(income);
        }
    }

    public void Lost(string why)
    {
        lock (_gate)
        {
            inner.Lost(why);
        }
    }

    public void Restored()
    {
        lock (_gate)
        {
            inner.Restored();
        }
    }
}
