using Spectre.Console;
using Trellis.Cli.Live.Screen;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine;

namespace Trellis.Cli.Tests.Live.Screen;

public sealed class LiveScreenTests
{
    [Fact]
    public async Task The_screen_shows_the_engine_and_leaves_the_terminal_as_it_was()
    {
        using var output = new StringWriter();
        var screen = Screen(output);
        using var stopping = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var times = 0;

        var running = screen.RunAsync(
            () =>
            {
                if (++times == 2)
                {
                    asked.SetResult();
                }

                return Task.FromResult(LiveSamples.Status());
            },
            stopping.Token);
        screen.Happened(1, new TimePassed(LiveSamples.Now), [new Alert(AlertLevel.Warning, "limits", 0, "held back")]);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await running;

        var text = output.ToString();
        text.ShouldStartWith("\u001b[?1049h\u001b[?25l");
        text.ShouldContain("10,095.37 USDT");
        text.ShouldContain("\u001b[?25h\u001b[?1049l");
        text.TrimEnd().ShouldEndWith("03:04:05  warning   limits  grid-btc: held back");
    }

    [Fact]
    public async Task An_engine_that_fails_is_told_of_and_the_screen_goes_on()
    {
        using var output = new StringWriter();
        using var stopping = new CancellationTokenSource();
        var times = 0;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var running = Screen(output).RunAsync(
            () =>
            {
                if (++times == 2)
                {
                    asked.SetResult();
                }

                return Task.FromException<EngineStatus>(new InvalidOperationException("gone"));
            },
            stopping.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await running;

        output.ToString().ShouldContain("THE ENGINE'S STATE CAN'T BE READ: gone");
    }

    [Fact]
    public void Text_that_goes_to_a_file_is_no_screen()
    {
        using var output = new StringWriter();

        LiveScreen.CanShow(LiveConsole.Create(output)).ShouldBeFalse();
    }

    private static LiveScreen Screen(StringWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 80;
        console.Profile.Height = 24;
        return new LiveScreen(console, LiveSamples.Facts(), TimeProvider.System);
    }
}
