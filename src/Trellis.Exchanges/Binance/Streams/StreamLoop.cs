using Trellis.Core.Numerics;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>What a loop tells of its connection.</summary>
internal interface IStreamEvents
{
    /// <summary>A connection is open; nothing has come yet.</summary>
    void Opened();

    void Frame(ReadOnlySpan<byte> frame);

    /// <summary>It ended, or could not be opened; it is tried again.</summary>
    void Lost(string why);

    /// <summary>Looked at about every second while open: a reason ends the connection.</summary>
    string? Check(TimeSpan sinceData);
}

/// <summary>Keeps one stream connected: opens it again after losses with growing pauses, and anew before the exchange ends it after a day.</summary>
internal sealed class StreamLoop(string name, TimeProvider time, TimeSpan watchEvery)
{
    /// <summary>Binance ends connections after 24 hours.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(23);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lived this long was no failure.</summary>
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(60);

    private readonly StreamSocket _socket = new(time);
    private readonly DeterministicRandom _random = new((ulong)time.GetUtcNow().UtcTicks);

    /// <param name="findAddress">Asked before each connection.</param>
    /// <exception cref="OperationCanceledException">Always, in the end.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<Uri>> findAddress, IStreamEvents events, CancellationToken cancellation)
    {
        for (var failures = 0; ; failures++)
        {
            var start = time.GetTimestamp();
            string why;
            var pause = TimeSpan.Zero;
            try
            {
                var address = await findAddress(cancellation);
                why = await _socket.RunAsync(
                    address,
                    events.Opened,
                    events.Frame,
                    (sinceData, age) => age > LongestLife ? "it is renewed before the exchange ends it after a day" : events.Check(sinceData),
                    watchEvery,
                    cancellation);
            }
            catch (ExchangeException error)
            {
                why = error.Message;
                pause = error.Kind == AnswerKind.Refused ? LongestPause : error.RetryAfter;
            }

            events.Lost($"{name}: {why}");
            failures = time.GetElapsedTime(start) > GoodLife ? 0 : failures;
            await Task.Delay(Pause(failures, pause), time, cancellation);
        }
    }

    private TimeSpan Pause(int failures, TimeSpan least)
    {
        var scattered = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 10))) * (0.5 + (_random.NextUnit() / 2));
        return TimeSpan.FromMilliseconds(Math.Max(scattered, least.TotalMilliseconds));
    }
}
