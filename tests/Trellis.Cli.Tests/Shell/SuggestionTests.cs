using Trellis.Cli.Shell;

namespace Trellis.Cli.Tests.Shell;

public sealed class SuggestionTests
{
    private static readonly string[] Commands = ["backtest", "data", "config"];

    [Theory]
    [InlineData("bakctest", "backtest")]
    [InlineData("backtset", "backtest")]
    [InlineData("BACKTEST", "backtest")]
    [InlineData("dta", "data")]
    [InlineData("confog", "config")]
    public void A_slip_of_the_fingers_is_understood(string typed, string meant) => Suggestion.Nearest(typed, Commands).ShouldBe(meant);

    [Theory]
    [InlineData("optimize")]
    [InlineData("")]
    [InlineData("xx")]
    public void A_different_word_gets_no_suggestion(string typed) => Suggestion.Nearest(typed, Commands).ShouldBeNull();
}
