using System.CommandLine;

namespace Trellis.Cli.Tests;

public sealed class CommandTreeTests
{
    [Fact]
    public void Every_command_and_option_says_what_it_does()
    {
        var silent = Commands(CommandTree.Create())
            .SelectMany(command => command.Options.Cast<Symbol>().Concat(command.Arguments).Prepend(command))
            .Where(symbol => !symbol.Hidden && string.IsNullOrWhiteSpace(symbol.Description))
            .Select(symbol => symbol.Name);

        silent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("")]
    public async Task The_root_answers_on_standard_output(string args)
    {
        using var output = new StringWriter();
        var parsed = CommandTree.Create().Parse(args);

        (await parsed.InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken)).ShouldBe(0);

        output.ToString().ShouldNotBeNullOrWhiteSpace();
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);
}
