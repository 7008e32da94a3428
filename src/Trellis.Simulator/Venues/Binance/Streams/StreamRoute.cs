namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>Which door a client came through: each pushes only its own streams, and is silent about all others.</summary>
internal enum StreamRoute
{
    /// <summary><c>/public</c>: order books, best quotes and single trades.</summary>
    Public,

    /// <summary><c>/market</c>: all other market data.</summary>
    Market,

    /// <summary><c>/private</c>: a user's own events.</summary>
    Private,

    /// <summary><c>/ws</c> and <c>/stream</c> of old: they accept everything, and push only what <see cref="Public"/> does.</summary>
    Legacy,

    /// <summary><c>/ws</c> and <c>/stream</c> at the simulator's own address, for simple clients: everything.</summary>
    Local,
}

internal static class StreamRoutes
{
    public static bool Pushes(this StreamRoute route, StreamName name) => route switch
    {
        StreamRoute.Local => true,
        StreamRoute.Market => !name.IsPublic,
        StreamRoute.Private => false,
        _ => name.IsPublic,
    };

    public static bool PushesUserData(this StreamRoute route) => route is StreamRoute.Private or StreamRoute.Local;
}
