using System.CommandLine;
using Trellis.Cli.Config;
using Trellis.Cli.Data;
using Trellis.Configuration;
using Trellis.Research.Results;

namespace Trellis.Cli.Backtest;

/// <summary><c>trellis backtest CONFIG</c>: runs the bots of a configuration over candles, writes the result and shows it.</summary>
internal static class BacktestCommand
{
    private const string Help = """
        Run the bots of a configuration over candles of the past and write what came out of it.

        Example: trellis backtest examples/grid-btc.yaml --from 2024-03-01 --to 2024-06-01
        """;

    private const string ResultsFolder = "results";

    /// <param name="time">Measures how long a run took; that is shown, and in no file.</param>
    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string>("CONFIG") { Description = "The configuration, a .yaml, .yml, .json or .ini file." };
        var engine = new Option<string>("--engine")
        {
            Description = "How candles are gone through; every engine gives the same result.",
            DefaultValueFactory = _ => "auto",
        };
        engine.AcceptOnlyFromAmong("auto", "skip", "plain", "reference");
        var store = DataOptions.Store();
        var from = new Option<string?>("--from") { Description = "First instant of the run, UTC, instead of backtest.from; such as 2024-03-01.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "End of the run, UTC, exclusive, instead of backtest.to.", HelpName = "TIME" };
        var folder = new Option<string?>("--out")
        {
            Description = $"Folder of the result; default: {ResultsFolder}/NAME-HASH, where equal results share a folder.",
            HelpName = "DIR",
        };
        var command = new Command("backtest", Help) { file, engine, store, from, to, folder };
        command.SetAction((parse, cancellation) =>
        {
            if (parse.GetValue(folder) is { } wanted)
            {
                ResultFolder.Check(wanted);
            }

            var loaded = new ConfigurationLoader(new LadderCheck()).Load(parse.GetRequiredValue(file), ProcessEnvironment.Read());
            loaded = TimeRange.Override(loaded, parse.GetValue(from), parse.GetValue(to));
            var started = time.GetTimestamp();
            using var prepared = SetupBuilder.Build(loaded, DataOptions.StoreOf(parse.GetValue(store)));
            cancellation.ThrowIfCancellationRequested();
            var kind = Enum.Parse<Research.Backtesting.Engine>(parse.GetRequiredValue(engine), ignoreCase: true);
            var runStarted = time.GetTimestamp();
            var outcome = Executor.Run(prepared.Setup, kind, cancellation);
            var runTime = time.GetElapsedTime(runStarted);
            var description = Description(loaded, prepared, kind);
            var (result, path) = parse.GetValue(folder) is { } target
                ? ResultFolder.WriteTo(target, description, prepared.Setup, outcome)
                : ResultFolder.WriteBelow(ResultsFolder, description, prepared.Setup, outcome);
            var timing = new Timing(runTime, time.GetElapsedTime(started));
            new Summary(SummaryConsole.Create(parse.InvocationConfiguration.Output), result).Write(path, timing);
            return Task.FromResult(0);
        });
        return command;
    }

    private static RunDescription Description(LoadedConfiguration loaded, PreparedRun prepared, Research.Backtesting.Engine engine) => new()
    {
        Name = ConfigurationName.Of(loaded.Path),
        ProgramVersion = typeof(BacktestCommand).Assembly.GetName().Version!.ToString(3),
        Engine = engine,
        ConfigurationJson = Configuration.Writing.DocumentWriter.ToJson(loaded.Document),
        Sources = prepared.Sources,
    };
}

/// <param name="Run">The executor alone.</param>
/// <param name="Total">From the first candle's loading to the last byte written.</param>
internal readonly record struct Timing(TimeSpan Run, TimeSpan Total);
