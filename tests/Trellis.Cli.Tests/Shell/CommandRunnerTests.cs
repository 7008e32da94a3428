using System.CommandLine;
using Trellis.Cli.Shell;
using Trellis.Core;

namespace Trellis.Cli.Tests.Shell;

public sealed class CommandRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trellis-runner-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new ConfigurationException("grid.yaml:3: 'grids' is 0; 2 or more are allowed."), 2, "error: grid.yaml:3: 'grids' is 0; 2 or more are allowed." },
        { new DataException("a.csv:7: no price"), 3, "error: a.csv:7: no price" },
        { new RunException("stopped"), 1, "error: stopped" },
        { new AggregateException(new DataException("wrapped")), 3, "error: wrapped" },
        { new TypeInitializationException("T", new ConfigurationException("inner")), 2, "error: inner" },
        { new OperationCanceledException(), 130, "Interrupted." },
        { new IOException("No space left on device : '/data/x'"), 1, "error: No space left on device : '/data/x'" },
        { new IOException("No space left on device"), 1, "error: The output can't be read or written: No space left on device" },
        { new FileNotFoundException("Could not find it", "candles.csv"), 1, "error: 'candles.csv' does not exist." },
        { new UnauthorizedAccessException("Access to the path '/data' is denied."), 1, "error: Access to the path '/data' is denied. Check who may read and write there." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_becomes_one_line_and_its_exit_code(Exception failure, int exitCode, string line)
    {
        (await Run(failure, "work")).ShouldBe(exitCode);

        _error.ToString().ShouldBe(line + Environment.NewLine);
        _output.ToString().ShouldBeEmpty();
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_defect_leaves_its_stack_trace_in_a_file_and_not_on_the_screen()
    {
        (await Run(new InvalidOperationException("two\nlines"), "work", "--secret", "hunter2")).ShouldBe(1);

        var log = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        _error.ToString().ShouldBe($"error: This is a defect in Trellis (InvalidOperationException: two lines). Details for a report are in {log}{Environment.NewLine}");
        var text = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        text.ShouldContain(nameof(CommandRunnerTests));
        text.ShouldContain("command: work");
        text.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_crash_log_that_cannot_be_written_is_admitted()
    {
        Directory.Delete(_folder);

        (await Run(new InvalidOperationException("x"), "work")).ShouldBe(1);

        _error.ToString().ShouldContain("could not be written");
        Directory.CreateDirectory(_folder);
    }

    [Theory]
    [InlineData("wrok", "error: 'wrok' is not a known command here. Did you mean 'work'?", "See 'trellis --help'.")]
    [InlineData("work --secert x", "error: '--secert' is not a known option here. Did you mean '--secret'?", "See 'trellis work --help'.")]
    [InlineData("work --count many", "error: 'many' is not a whole number, as --count needs.", "See 'trellis work --help'.")]
    [InlineData("work --secret", "error: Required argument missing for option: '--secret'.", "See 'trellis work --help'.")]
    [InlineData("work @answers.txt", "error: '@answers.txt' is not a known argument here.", "See 'trellis work --help'.")]
    [InlineData("group", "error: Required command was not provided.", "See 'trellis group --help'.")]
    public async Task A_mistake_in_the_command_line_is_explained(string line, string first, string last)
    {
        (await Run(null, line.Split(' '))).ShouldBe(2);

        var lines = _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe(first);
        lines[^1].ShouldBe(last);
    }

    [Fact]
    public async Task A_command_that_ends_well_says_nothing_more()
    {
        (await Run(null, "work")).ShouldBe(0);

        _error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Colour_marks_only_the_word_error()
    {
        var reporter = new ErrorReporter(_error, color: true, new CrashLog(_folder, TimeProvider.System));
        var runner = new CommandRunner(_output, _error, reporter, interruption: null);

        await runner.RunAsync(Tree(new RunException("stopped")), ["work"]);

        _error.ToString().ShouldBe($"\e[1;31merror:\e[0m stopped{Environment.NewLine}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> Run(Exception? failure, params string[] args)
    {
        var reporter = new ErrorReporter(_error, color: false, new CrashLog(_folder, TimeProvider.System));
        return new CommandRunner(_output, _error, reporter, interruption: null).RunAsync(Tree(failure), args);
    }

    private static RootCommand Tree(Exception? failure)
    {
        var work = new Command("work", "Works.") { new Option<string>("--secret"), new Option<int>("--count") };
        work.SetAction(_ => failure is null ? 0 : throw failure);
        return new RootCommand("A tree for tests.") { work, new Command("group", "Holds a command.") { new Command("leaf", "Hangs.") } };
    }
}
