using Spectre.Console;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.Screen;

/// <summary>A live bot on a terminal, drawn anew four times a second on the terminal's second screen, so that the first one is as it was when it ends.</summary>
internal sealed class LiveScreen(IAnsiConsole console, LiveFacts facts, TimeProvider time) : IEngineObserver
{
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const int AlertsAtEnd = 5;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RecentNews news = new();
    private readonly ScreenLayout layout = new(facts);
    private Task<EngineStatus>? asked;
    private long askedAt;
    private EngineStatus? last;
    private string trouble = "";

    /// <summary>Whether a console is a terminal that can be drawn on; else <see cref="Logs.PlainLines"/> are for it.</summary>
    public static bool CanShow(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;

    public void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects) => news.Happened(input, effects);

    public void Noticed(EngineNotice notice) => news.Noticed(notice);

    /// <summary>Draws until cancelled; then the terminal is as before, with the last warnings below what stood there.</summary>
    /// <param name="status">Of the engine; one that fails, or does not answer, shows as a line of its own.</param>
    /// <param name="cancellation">Ends it, without an exception.</param>
    public async Task RunAsync(Func<Task<EngineStatus>> status, CancellationToken cancellation)
    {
        console.Write(new ControlCode(Enter));
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await LookAsync(status, cancellation);
                Draw();
                await Task.Delay(Every, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            console.Write(new ControlCode(Leave));
            SayLastWarnings();
        }
    }

    /// <summary>Takes the answer if there is one. A loop that is busy, or has stopped, must not stop the screen.</summary>
    private async Task LookAsync(Func<Task<EngineStatus>> status, CancellationToken cancellation)
    {
        if (asked is null)
        {
            asked = status();
            askedAt = time.GetTimestamp();
        }

        await Task.WhenAny(asked, Task.Delay(Every, time, cancellation));
        if (!asked.IsCompleted)
        {
            var since = time.GetElapsedTime(askedAt);
            trouble = last is not null && since > Patience ? $"THE ENGINE DOES NOT ANSWER for {since.TotalSeconds:0} s; what stands here is old" : "";
            return;
        }

        try
        {
            last = await asked;
            trouble = "";
        }
#pragma warning disable CA1031 // Whatever it is, it is shown; the screen decides nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            trouble = $"THE ENGINE'S STATE CAN'T BE READ: {exception.Message}";
        }

        asked = null;
    }

    private void Draw()
    {
        var (fills, alerts) = news.Read();
        var content = new ScreenContent(last, fills, alerts, time.GetUtcNow().ToUnixTimeMilliseconds(), trouble);

        // A letter in a terminal's last column makes some of them wrap.
        console.Write(new Frame(layout.Draw(content, Math.Max(1, console.Profile.Width - 1), Math.Max(1, console.Profile.Height))));
    }

    private void SayLastWarnings()
    {
        foreach (var alert in news.Read().Alerts.Where(alert => alert.Level >= AlertLevel.Warning).Take(AlertsAtEnd).Reverse())
        {
            console.WriteLine(AlertSection.Line(facts, alert).Text);
        }
    }
}
