namespace Trellis.Engine.Effects;

/// <summary>How many requests are under way.</summary>
internal sealed class RequestCount
{
    private int open;

    public int Open => Volatile.Read(ref open);

    public IDisposable Begin()
    {
        Interlocked.Increment(ref open);
        return new Request(this);
    }

    private sealed class Request(RequestCount count) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref count.open);
    }
}
