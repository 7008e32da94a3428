using Spectre.Console;

namespace Trellis.Cli.Backtest;

/// <summary>Where a summary is drawn: in colour on a terminal, plain where output goes elsewhere.</summary>
internal static class SummaryConsole
{
    private const int Width = 80;

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
        console.Profile.Width = plain ? Width : Math.Clamp(console.Profile.Width, 60, 100);
        return console;
    }
}
