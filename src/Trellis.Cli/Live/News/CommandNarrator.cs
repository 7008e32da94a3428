using Serilog.Events;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Cli.Live.News;

/// <summary>What people and the process itself ask of the engine, in words.</summary>
internal sealed class CommandNarrator(LiveFacts facts)
{
    /// <summary>Null for an input that is no command.</summary>
    public Happening? Tell(TradingInput input, long sequence) => input switch
    {
        BotCommand command => Command(
            command.Time, sequence, command.By, Word(command.Kind),
            $"{Word(command.Kind)} {facts.Bot(command.Bot)}{(command.ClosePosition ? " and close its position" : "")}",
            new Fields { { "bot", facts.Bot(command.Bot) }, { "close_positions", command.ClosePosition } }),
        KillSwitched { On: true } thrown => Command(
            thrown.Time, sequence, thrown.By, "kill", $"kill switch on{(thrown.ClosePositions ? ", positions closed" : "")}", new Fields { { "close_positions", thrown.ClosePositions } }),
        KillSwitched released => Command(released.Time, sequence, released.By, "release", "kill switch off", new Fields()),
        OrderAdopted adopted => Command(
            adopted.Time, sequence, adopted.By, "adopt", $"adopt order {facts.Redaction.Clean(adopted.ClientOrderId)}", new Fields { { "client_order_id", facts.Redaction.Clean(adopted.ClientOrderId) } }),
        Started started => new Happening(
            started.Time, LogEventLevel.Information, "started",
            $"started: {LiveWords.Of(facts.Mode)} on {facts.Exchange}, account {facts.Account}, {started.Fingerprint}, configuration {facts.ConfigurationHash}",
            new Fields { { "sequence", sequence }, { "fingerprint", started.Fingerprint }, { "configuration", facts.ConfigurationHash } }),
        Stopping stopping => new Happening(
            stopping.Time, LogEventLevel.Information, "stopping", $"stopping: open orders {(stopping.CancelOrders ? "are cancelled" : "stay")}", new Fields { { "sequence", sequence }, { "cancel_orders", stopping.CancelOrders } }),
        RulesChanged changed => new Happening(
            changed.Time, LogEventLevel.Information, "rules", $"rules changed: {facts.Instrument(changed.Market)}", new Fields { { "sequence", sequence }, { "instrument", facts.Instrument(changed.Market) } }),
        _ => null,
    };

    private static string Word(BotCommandKind kind) => kind switch
    {
        BotCommandKind.Start => "start",
        BotCommandKind.Pause => "pause",
        BotCommandKind.Resume => "resume",
        _ => "stop",
    };

    private Happening Command(long time, long sequence, string by, string command, string text, Fields fields)
    {
        var who = facts.Redaction.Clean(by);
        return new Happening(time, LogEventLevel.Information, "command", $"command by {who}: {text}", new Fields { { "sequence", sequence }, { "command", command }, { "by", who }, fields });
    }
}
