using System.CommandLine;
using Trellis.Cli.Config;
using Trellis.Cli.Shell;
using Trellis.Configuration;
using Trellis.Core;
using Trellis.Engine;
using Trellis.Server.Api;
using Trellis.Server.Control;

namespace Trellis.Cli.Live;

/// <summary><c>trellis run CONFIG</c>: trades the bots of a configuration until it is told to stop.</summary>
internal static class RunCommand
{
    private const string Help = """
        Trade the bots of a configuration until Ctrl-C or SIGTERM. Without an exchange in the configuration it starts one of its own on this
        machine and trades there: no real order leaves. docs/going-live.md says what to do before real money.

        Examples:
          trellis run examples/grid-btc.yaml
          TRELLIS__EXCHANGE__TYPE=binance TRELLIS__EXCHANGE__ENVIRONMENT=testnet trellis run my.yaml
        """;

    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string>("CONFIG") { Description = "The configuration, a .yaml, .yml, .json or .ini file." };
        var journaled = new Option<bool>("--journaled") { Description = "Go on under the settings in the journal where the configuration has others." };
        var command = new PatientCommand("run", Help) { file, journaled };
        command.SetAction(async (parse, cancellation) =>
        {
            var loaded = new ConfigurationLoader().Load(parse.GetRequiredValue(file), ProcessEnvironment.Read());
            return await RunAsync(loaded, parse.GetValue(journaled), time, parse.InvocationConfiguration, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadedConfiguration loaded, bool journaled, TimeProvider time, InvocationConfiguration console, CancellationToken cancellation)
    {
        var error = console.Error;
        await using var session = await LiveSession.OpenAsync(loaded, journaled, time, text => error.WriteLine($"warning: {text}"), cancellation);
        await using var output = LiveOutput.Create(session, console.Output, time, text => error.WriteLine($"warning: {text}"));
        output.Begin();
        await using var engine = await AccountEngine.StartAsync(session.EngineSetup(time, output.Observers), cancellation);
        await using var control = await ControlServer.StartAsync(
            session.Home.Socket(session.Account.Key), new Routes(engine, session.Account.Key, session.Account.Mode).HandleAsync);
        using var showing = new CancellationTokenSource();
        var shown = output.ShowAsync(engine.StatusAsync, showing.Token);
        var stopped = new TaskCompletionSource();
        await using (cancellation.Register(() => stopped.TrySetResult()))
        {
            await Task.WhenAny(engine.Ended, stopped.Task);
        }

        await showing.CancelAsync();
        await shown;
        if (engine.Ended.IsCompleted)
        {
            throw await engine.Ended switch
            {
                TrellisException known => known,
                var defect => new RunException($"trading stopped by a defect: {defect.Message}; open orders stay as they are. Start again: the journal has everything", defect),
            };
        }

        error.WriteLine("Stopping: no new decisions; what is under way is waited for.");
        await engine.StopAsync(CancellationToken.None);
        error.WriteLine("Stopped; everything is on disk.");
        return 0;
    }
}
