using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Trellis.Cli.Backtest;
using Trellis.Cli.Config;
using Trellis.Configuration;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Engine.Planning;

namespace Trellis.Cli.Live.Commands;

/// <summary><c>trellis plan CONFIG</c>: what a start would send now.</summary>
internal static class PlanCommand
{
    private const string Help = """
        Print the orders that 'trellis run' would send or cancel now, and send nothing. The account must not be traded meanwhile.

        Example: trellis plan examples/grid-btc.yaml
        """;

    public static Command Create(TimeProvider time)
    {
        var file = new Argument<string>("CONFIG") { Description = "The configuration, a .yaml, .yml, .json or .ini file." };
        var command = new Command("plan", Help) { file };
        command.SetAction(async (parse, cancellation) =>
        {
            var loaded = new ConfigurationLoader().Load(parse.GetRequiredValue(file), ProcessEnvironment.Read());
            var error = parse.InvocationConfiguration.Error;
            await using var session = await LiveSession.OpenAsync(loaded, keepJournaled: false, time, text => error.WriteLine($"warning: {text}"), cancellation);
            Show(SummaryConsole.Create(parse.InvocationConfiguration.Output), session.Agreed.Settings, await OrderPlanner.RunAsync(session.EngineSetup(time, []), cancellation));
            return 0;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, TradingSettings settings, OrderDifference difference)
    {
        console.WriteLine($"{Count(difference.Placed.Count, "order")} to send, {Count(difference.Canceled.Count, "order")} to cancel; nothing was sent.");
        if (difference.Placed.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple);
            foreach (var head in (string[])["bot", "instrument", "side", "kind", "price", "quantity", "flags"])
            {
                table.AddColumn(new TableColumn(head).NoWrap());
            }

            foreach (var order in difference.Placed)
            {
                table.AddRow(
                    Markup.Escape(settings.Bots[order.Bot].Name), settings.Markets[order.Market].Instrument.Id.Symbol, order.Side.ToString().ToLowerInvariant(), LiveKinds.Word(order.Kind.ToString()),
                    Number(order.Price == 0 ? order.TriggerPrice : order.Price), order.ClosePosition ? "position" : Number(order.Quantity), Flags(order));
            }

            console.Write(table);
        }

        foreach (var cancel in difference.Canceled)
        {
            console.WriteLine($"cancel {cancel.ClientOrderId} on {settings.Markets[cancel.Market].Instrument.Id}");
        }

        foreach (var held in difference.View.Orders.Where(order => order.State == Core.Trading.Orders.OrderState.Planned))
        {
            console.WriteLine($"held back: {settings.Bots[held.Intent.Bot].Name} {held.Intent.Side.ToString().ToLowerInvariant()} {Number(held.Intent.Quantity)} at {Number(held.Intent.Price)}: {held.Reason}");
        }
    }

    private static string Flags(OrderIntent order)
    {
        var flags = new List<string>();
        if (order.PostOnly)
        {
            flags.Add("post-only");
        }

        if (order.ReduceOnly)
        {
            flags.Add("reduce-only");
        }

        if (order.ClosePosition)
        {
            flags.Add("close");
        }

        return string.Join(", ", flags);
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Number(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
