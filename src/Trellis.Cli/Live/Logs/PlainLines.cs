using Serilog.Events;
using Trellis.Cli.Live.News;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.Logs;

/// <summary>What a run does as lines of text, one per thing that matters, UTC time first: for output that is no terminal. docs/logs.md has their wording.</summary>
internal sealed class PlainLines : IEngineObserver, IAsyncDisposable
{
    private const int MostWaiting = 10_000;

    private readonly TextWriter output;
    private readonly Narrator narrator;
    private readonly TimeProvider time;
    private readonly Pump<Step> pump;
    private bool isClosed;

    public PlainLines(TextWriter output, LiveFacts facts, TimeProvider time)
    {
        this.output = output;
        this.time = time;
        narrator = new Narrator(facts);
        pump = new Pump<Step>(MostWaiting, WriteAsync, TellLostAsync, time);
    }

    public void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects) => pump.Offer(new Step(sequence, input, effects, null));

    public void Noticed(EngineNotice notice) => pump.Offer(new Step(notice));

    public ValueTask DisposeAsync() => pump.DisposeAsync();

    private async Task WriteAsync(Step step, CancellationToken cancellation)
    {
        var isWritten = false;
        foreach (var happening in narrator.Tell(step))
        {
            if (happening.Level >= LogEventLevel.Information)
            {
                await WriteAsync(happening.Time, happening.Text, cancellation);
                isWritten = true;
            }
        }

        if (isWritten)
        {
            await TryAsync(() => output.FlushAsync(cancellation));
        }
    }

    private Task TellLostAsync(long count, CancellationToken cancellation) =>
        WriteAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), $"notice warning lines-lost: about {count} lines are missing here: the output was not read fast enough", cancellation);

    private Task WriteAsync(long at, string text, CancellationToken cancellation) => TryAsync(() => output.WriteLineAsync($"{LiveWords.Time(at)} {text}".AsMemory(), cancellation));

    /// <summary>A reader that has gone away (a closed pipe) must not end trading; there is nobody left to tell.</summary>
    private async Task TryAsync(Func<Task> write)
    {
        if (isClosed)
        {
            return;
        }

        try
        {
            await write();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            isClosed = true;
        }
    }
}
