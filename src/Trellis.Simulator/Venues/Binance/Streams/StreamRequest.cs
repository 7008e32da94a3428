using Microsoft.AspNetCore.Http;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>A listen key with the events that its owner wants.</summary>
/// <param name="Events">Null for all.</param>
internal sealed record KeyRequest(string Key, IReadOnlySet<string>? Events);

/// <summary>What the address of a stream connection asks for.</summary>
/// <param name="IsCombined">Whether messages are wrapped with their stream's name.</param>
internal sealed record StreamRequest(StreamRoute Route, bool IsCombined, IReadOnlyList<string> Names, IReadOnlyList<KeyRequest> Keys)
{
    /// <summary>Reads an address; null where there is nothing at it.</summary>
    public static StreamRequest? Parse(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        StreamRoute? prefix = parts is [var first, ..]
            ? first switch { "public" => StreamRoute.Public, "market" => StreamRoute.Market, "private" => StreamRoute.Private, _ => null }
            : null;
        var route = prefix ?? (BinanceHosts.IsLoopback(request.Host.Host) ? StreamRoute.Local : StreamRoute.Legacy);
        return parts[(prefix is null ? 0 : 1)..] switch
        {
            ["ws", .. var names] => new StreamRequest(route, false, names, KeysIn(request.Query)),
            ["stream"] => new StreamRequest(route, true, NamesIn(request.Query), KeysIn(request.Query)),
            _ => null,
        };
    }

    private static string[] NamesIn(IQueryCollection query) =>
        [.. query["streams"].SelectMany(streams => (streams ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))];

    // Several keys may share a connection: listenKey=A&events=X&listenKey=B&events=Y. Those that name no events want all.
    private static KeyRequest[] KeysIn(IQueryCollection query)
    {
        var events = query["events"];
        return [.. query["listenKey"].OfType<string>().Where(key => key.Length > 0).Select((key, place) => new KeyRequest(key, place < events.Count ? Events(events[place]) : null))];
    }

    private static HashSet<string>? Events(string? text) =>
        text is { Length: > 0 } ? [.. text.Split(['/', ','], StringSplitOptions.RemoveEmptyEntries)] : null;
}
