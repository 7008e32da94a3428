using Trellis.Cli.Shell;

namespace Trellis.Cli.Tests.Shell;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(false, false, "", true)]
    [InlineData(true, false, "", false)]
    [InlineData(false, false, "NO_COLOR=1", false)]
    [InlineData(false, false, "TERM=dumb", false)]
    [InlineData(false, true, "", false)]
    [InlineData(false, true, "WT_SESSION=1", true)]
    [InlineData(false, true, "TERM=xterm", true)]
    [InlineData(false, true, "WT_SESSION=1;NO_COLOR=1", false)]
    public void Errors_are_coloured_only_on_a_terminal_that_wants_it(bool isRedirected, bool isWindows, string variables, bool expected)
    {
        var environment = variables.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);

        Terminal.ColorsErrors(isRedirected, isWindows, environment.GetValueOrDefault).ShouldBe(expected);
    }
}
