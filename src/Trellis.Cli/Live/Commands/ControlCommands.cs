using System.CommandLine;
using Trellis.Core;
using Trellis.Server.Api;
using Trellis.Server.Control;

namespace Trellis.Cli.Live.Commands;

/// <summary>Commands to a running bot over its control socket: start, pause, resume, stop, kill, adopt.</summary>
internal static class ControlCommands
{
    public static IEnumerable<Command> Create() =>
    [
        Bot("start", "Start a bot that is stopped, or go on with a paused one."),
        Bot("pause", "Pause a bot: no new decisions, its orders stay as they are."),
        Bot("resume", "Go on with a paused bot."),
        Bot("stop", "Stop a bot: its orders are cancelled; with --close its position is closed at market."),
        Kill(),
        Adopt(),
    ];

    private static Command Bot(string verb, string what)
    {
        var bot = new Argument<string?>("BOT") { Description = "Name of the bot.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All bots." };
        var close = new Option<bool>("--close") { Description = "Close the position at market." };
        var account = ControlTarget.Option();
        var command = new Command(verb, $"{what}\n\nExample: trellis {verb} btc-grid{(verb == "stop" ? " --close" : "")}") { bot, all, account };
        if (verb == "stop")
        {
            command.Options.Add(close);
        }

        command.SetAction(async (parse, cancellation) =>
        {
            using var client = ControlTarget.Connect(parse.GetValue(account));
            var message = new CommandMessage(verb == "stop" && parse.GetValue(close), By());
            foreach (var name in await NamesAsync(client, parse.GetValue(bot), parse.GetValue(all), verb, cancellation))
            {
                parse.InvocationConfiguration.Output.WriteLine((await client.BotAsync(name, verb, message, cancellation)).Text);
            }

            return 0;
        });
        return command;
    }

    private static Command Kill()
    {
        var release = new Option<bool>("--release") { Description = "Release the kill switch." };
        var close = new Option<bool>("--close") { Description = "Close all positions of bots at market, too." };
        var account = ControlTarget.Option();
        var command = new Command("kill", """
            Throw the kill switch: every order of ours is cancelled and none is sent until it is released. It outlives the process.

            Example: trellis kill --close
            """) { release, close, account };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = ControlTarget.Connect(parse.GetValue(account));
            var on = !parse.GetValue(release);
            parse.InvocationConfiguration.Output.WriteLine((await client.KillAsync(on, new CommandMessage(on && parse.GetValue(close), By()), cancellation)).Text);
            return 0;
        });
        return command;
    }

    private static Command Adopt()
    {
        var id = new Argument<string>("CLIENT-ORDER-ID") { Description = "Of an open order in our form that no journal knows." };
        var account = ControlTarget.Option();
        var command = new Command("adopt", """
            Take an order back that has the form of ours and that the journal does not know.

            Example: trellis adopt k3x90000000100070000010000045a
            """) { id, account };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = ControlTarget.Connect(parse.GetValue(account));
            parse.InvocationConfiguration.Output.WriteLine((await client.AdoptAsync(new AdoptMessage(parse.GetRequiredValue(id), By()), cancellation)).Text);
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(ControlClient client, string? bot, bool all, string verb, CancellationToken cancellation) => (bot, all) switch
    {
        (not null, false) => [bot],
        (null, true) => [.. (await client.StatusAsync(cancellation)).Bots.Select(each => each.Name)],
        (not null, true) => throw new ConfigurationException($"'trellis {verb} {bot} --all' names one bot and all; allowed: one of the two"),
        _ => throw new ConfigurationException($"'trellis {verb}' names no bot; allowed: a bot's name, or --all"),
    };

    private static string By() => $"{Environment.UserName} (command line)";
}
