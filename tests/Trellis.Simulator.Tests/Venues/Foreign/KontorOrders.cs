using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>Kontor's orders and positions. Orders are only acknowledged: what became of them is told by the feed, or to who asks.</summary>
internal sealed class KontorOrders(VenueContext context, KontorTags tags)
{
    public async ValueTask<JsonNode> PlaceAsync(AccountId account, JsonObject sent)
    {
        var request = Read(sent);
        var tag = request.ClientOrderId;
        if (tag.Length > 0 && !tags.Take(account, tag))
        {
            throw new KontorException(new KontorError(409, "tag-used", $"tag {tag} names an order already"));
        }

        await context.StateChanged();
        var outcome = await context.Exchange.ExecuteAsync<Order>(now => new PlaceOrder(now, account, request));
        if (!outcome.Succeeded(out var order, out var refusal))
        {
            tags.Return(account, tag);
            await context.StateChanged();
            throw new KontorException(KontorError.Of(refusal));
        }

        return new JsonObject { ["ref"] = KontorReference.Of(order.Id) };
    }

    public async ValueTask<JsonNode> WithdrawAsync(AccountId account, string reference)
    {
        var outcome = await context.Exchange.ExecuteAsync<Order>(now => new CancelOrder(now, account, Named(reference)));
        return outcome.Succeeded(out _, out var refusal) ? new JsonObject { ["ref"] = reference } : throw new KontorException(KontorError.Of(refusal));
    }

    /// <summary>By Kontor's name or by the client's tag.</summary>
    public async ValueTask<JsonNode> FindAsync(AccountId account, string name) =>
        await context.Exchange.ReadAsync(engine => engine.FindOrder(account, Named(name)) ?? engine.FindOrder(account, new OrderReference(0, 0, name))) is { } order
            ? KontorJson.Order(order)
            : throw new KontorException(KontorError.Unknown);

    public async ValueTask<JsonNode> PositionsAsync(AccountId account) =>
        new JsonArray([.. (await context.Exchange.ReadAsync(engine => engine.Summarize(account))).Positions.Select(KontorJson.Position)]);

    private static OrderReference Named(string reference) => KontorReference.Parse(reference) is var id and > 0 ? new OrderReference(0, id, "") : new OrderReference(0, 0, reference);

    private static OrderRequest Read(JsonObject sent)
    {
        if (Text(sent, "contract") != KontorListings.Contract)
        {
            throw new KontorException(KontorError.Malformed($"contract must be {KontorListings.Contract}"));
        }

        var limit = Text(sent, "limit");
        var tag = Text(sent, "tag") ?? "";
        if (tag.Length > 0 && !KontorJson.IsTag(tag))
        {
            throw new KontorException(KontorError.Malformed("tag must be 1 to 32 letters and digits"));
        }

        return new OrderRequest
        {
            Instrument = 0,
            Side = Text(sent, "way") switch { "bid" => Side.Buy, "ask" => Side.Sell, _ => throw new KontorException(KontorError.Malformed("way must be bid or ask")) },
            Type = limit is null ? OrderType.Market : OrderType.Limit,
            Price = limit is null ? 0m : Number(limit, "limit"),
            Quantity = Number(Text(sent, "contracts") ?? "", "contracts"),
            TimeInForce = Text(sent, "life") switch { "now" => TimeInForce.ImmediateOrCancel, "rest" => TimeInForce.PostOnly, _ => TimeInForce.GoodTillCanceled },
            ReduceOnly = Text(sent, "closing") == "true",
            ClientOrderId = tag,
        };
    }

    private static string? Text(JsonObject sent, string name) => sent[name]?.ToString();

    private static decimal Number(string text, string name) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new KontorException(KontorError.Malformed($"{name} must be a number"));
}
