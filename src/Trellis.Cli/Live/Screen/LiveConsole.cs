using Spectre.Console;

namespace Trellis.Cli.Live.Screen;

/// <summary>The console of a live run: a terminal as it is, or plain text.</summary>
internal static class LiveConsole
{
    private const int PlainWidth = 1_000;

    /// <param name="output">Of the command; only the process's own standard output can be a terminal.</param>
    public static IAnsiConsole Create(TextWriter output)
    {
        var plain = Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = true;
        if (plain)
        {
            // Lines in a file are not wrapped.
            console.Profile.Width = PlainWidth;
        }

        return console;
    }
}
