using System.CommandLine;
using System.Globalization;
using Trellis.Cli.Config;
using Trellis.Cli.Live.Setup;
using Trellis.Configuration;
using Trellis.Core;
using Trellis.Core.Trading;
using Trellis.Engine.Journal;
using Trellis.Engine.Recovery;

namespace Trellis.Cli.Live.Commands;

/// <summary><c>trellis replay CONFIG</c>: every decision of the journal, made again.</summary>
internal static class ReplayCommand
{
    private const string Help = """
        Feed the journal of an account through the decisions again: each input must have the effects that it had. Says so, or shows
        the first input that has others now. The account must not be traded meanwhile.

        Example: trellis replay examples/grid-btc.yaml
        """;

    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string>("CONFIG") { Description = "The configuration; it says which account and database. Its bots are not read: the journal has the settings." };
        var command = new Command("replay", Help) { file };
        command.SetAction(async (parse, cancellation) =>
        {
            var loaded = new ConfigurationLoader().Load(parse.GetRequiredValue(file), ProcessEnvironment.Read());
            var account = LiveAccount.Of(loaded.Document);
            var (store, name) = Journals.Of(loaded, HomeFolder.Find(Environment.GetEnvironmentVariable), time);
            await using var journal = await store.OpenAsync(account.Key, cancellation);
            var generation = journal.Generation ?? throw new RunException($"{name}: {account.Key} has no journal; allowed: an account that 'trellis run' has traded");
            var kept = GenerationSettings.Parse(generation.Settings, account.Key);
            var loop = new TradingLoop(LiveSettings.Build(kept.Document(), kept.Instruments, generation.Installation));
            var started = time.GetTimestamp();
            var replay = await JournalReplay.RunAsync(loop, journal, cancellation);
            var output = parse.InvocationConfiguration.Output;
            if (replay.Difference is { } difference)
            {
                Show(output, replay, difference);
                return 1;
            }

            var seconds = time.GetElapsedTime(started).TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"equal: {replay.Inputs:#,0} inputs of {account.Key} have the effects that they had ({seconds:0.00} s); state {loop.Fingerprint()}"));
            return 0;
        });
        return command;
    }

    private static void Show(TextWriter output, Replay replay, ReplayDifference difference)
    {
        output.WriteLine($"different from input {difference.Sequence} on: {InputCodec.KindOf(difference.Input)} at {DateTimeOffset.FromUnixTimeMilliseconds(difference.Input.Time):yyyy-MM-ddTHH:mm:ss.fffZ}");
        output.WriteLine($"input     {InputCodec.Write(difference.Input)}");
        output.WriteLine($"effects   hash {difference.JournaledHash:x16} then, {difference.Hash:x16} now:");
        foreach (var effect in difference.Effects)
        {
            output.WriteLine($"          {effect}");
        }

        output.WriteLine($"then      {replay.Fingerprint}");
        output.WriteLine($"now       {LiveSession.Fingerprint}");
        output.WriteLine(replay.Fingerprint == LiveSession.Fingerprint
            ? "Program, runtime and maths library are the same: the journal was changed, or a decision depends on something that is not in it. Please report it."
            : "Program, runtime or maths library are others than then, which explains it: the program that wrote the journal comes to the same.");
    }
}
