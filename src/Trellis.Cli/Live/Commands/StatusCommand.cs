using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Trellis.Cli.Data;
using Trellis.Cli.Live.Screen;
using Trellis.Server.Api;

namespace Trellis.Cli.Live.Commands;

/// <summary><c>trellis status</c>: a running bot's account, on one page.</summary>
internal static class StatusCommand
{
    private const string Help = """
        Show what a running bot has: bots with their results, prices, positions, open orders, health.

        Example: trellis status --json
        """;

    private const int RoomForIds = 120;

    public static Command Create()
    {
        var account = ControlTarget.Option();
        var json = DataOptions.Json();
        var command = new Command("status", Help) { account, json };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = ControlTarget.Connect(parse.GetValue(account));
            var status = await client.StatusAsync(cancellation);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(status, ApiJson.Default.StatusMessage));
            }
            else
            {
                Show(LiveConsole.Create(output), status);
            }

            return 0;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, StatusMessage status)
    {
        console.WriteLine($"{status.Mode}  {status.Account}  equity {Number(status.Equity)} {status.Currency}  {(status.IsReconciled ? "reconciled" : $"not reconciled yet: {status.Problem}")}");
        if (status.KilledBy.Length > 0)
        {
            console.WriteLine($"KILL SWITCH thrown by {status.KilledBy}");
        }

        if (status.Forbidden.Length > 0)
        {
            console.WriteLine($"NOT ALLOWED TO TRADE: {status.Forbidden}");
        }

        var bots = Table("bot", "state", "realized", "unrealized", "fees", "funding", "position");
        foreach (var bot in status.Bots)
        {
            var position = string.Join(", ", bot.Positions.Where(each => each.Size != 0).Select(each => $"{Number(each.Size)} {Symbol(each.Instrument)} at {Number(each.EntryPrice)}"));
            bots.AddRow(Cells(bot.Name, bot.State.ToLowerInvariant(), Number(bot.Realized), Number(bot.Unrealized), Number(bot.Fees), Number(bot.Funding), position.Length == 0 ? "none" : position));
        }

        console.Write(bots);
        var markets = Table("instrument", "bid", "ask", "last close", "position", "of it foreign");
        foreach (var market in status.Markets)
        {
            markets.AddRow(Cells(Symbol(market.Instrument), Number(market.Bid), Number(market.Ask), Number(market.LastClose), Number(market.Size), Number(market.ForeignSize)));
        }

        console.Write(markets);
        if (status.Orders.Count > 0)
        {
            var hasRoom = console.Profile.Width >= RoomForIds;
            var orders = Table([.. (string[])["bot", "side", "kind", "price", "quantity", "filled", "state"], .. (string[])(hasRoom ? ["id"] : [])]);
            foreach (var order in status.Orders.OrderByDescending(order => order.Price == 0 ? order.TriggerPrice : order.Price))
            {
                orders.AddRow(Cells(
                [
                    order.Bot, order.Side.ToLowerInvariant(), LiveKinds.Word(order.Kind), Number(order.Price == 0 ? order.TriggerPrice : order.Price), Number(order.Quantity), Number(order.Filled),
                    order.Reason.Length == 0 ? order.State.ToLowerInvariant() : $"{order.State.ToLowerInvariant()}: {order.Reason}",
                    .. (string[])(hasRoom ? [order.ClientOrderId] : []),
                ]));
            }

            console.Write(orders);
        }

        var health = status.Health;
        console.WriteLine(
            $"orders {status.Orders.Count}, foreign {status.ForeignOrders.Count}; streams: market {Up(health.MarketStreamUp)}, user {Up(health.UserStreamUp)}; clock {health.ClockOffset} ms; limit {health.UsedWeightPercent} %; " +
            $"journal {health.Committed} of {health.Sequence}{(health.StorageTrouble.Length > 0 ? $", in trouble: {health.StorageTrouble}" : "")}");
    }

    private static Table Table(params string[] heads)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(Markup.Escape(head)).NoWrap());
        }

        return table;
    }

    private static Markup[] Cells(params string[] texts) => [.. texts.Select(text => new Markup(Markup.Escape(text)))];

    private static string Symbol(string instrument) => instrument[(instrument.LastIndexOf('/') + 1)..];

    private static string Number(decimal value) => value.ToString("#,0.########", System.Globalization.CultureInfo.InvariantCulture);

    private static string Up(bool up) => up ? "up" : "DOWN";
}
