using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine;

namespace Trellis.Server.Api;

/// <summary>
/// The routes under <c>/api</c>: <c>GET status</c>, <c>POST bots/NAME/start|pause|resume|stop</c>, <c>POST kill</c>, <c>POST kill/release</c>,
/// <c>POST orders/adopt</c>. A command is taken up by the loop like every input; the answer comes when it is on disk, and says that it was taken, not what came of it.
/// </summary>
public sealed class Routes(AccountEngine engine, string account, string mode)
{
    private const int LargestBody = 64 << 10;
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var task = (context.Request.Method, parts) switch
        {
            ("GET", ["api", "status"]) => StatusAsync(context),
            ("POST", ["api", "bots", var name, var verb]) => BotAsync(context, Uri.UnescapeDataString(name), verb),
            ("POST", ["api", "kill"]) => KillAsync(context, on: true),
            ("POST", ["api", "kill", "release"]) => KillAsync(context, on: false),
            ("POST", ["api", "orders", "adopt"]) => AdoptAsync(context),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, $"{context.Request.Method} {path} is not a route; allowed: GET /api/status, POST /api/bots/NAME/start|pause|resume|stop, POST /api/kill, POST /api/kill/release, POST /api/orders/adopt"),
        };
        await task;
    }

    private async Task StatusAsync(HttpContext context) =>
        await WriteAsync(context, StatusCodes.Status200OK, StatusBuilder.Build(account, mode, engine.Settings, await engine.StatusAsync()), ApiJson.Default.StatusMessage);

    private async Task BotAsync(HttpContext context, string name, string verb)
    {
        var bot = engine.Settings.Bots.Select((each, index) => (each.Name, Index: index)).Where(each => each.Name == name).Select(each => (int?)each.Index).FirstOrDefault();
        if (bot is null)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"bot '{name}' is not there; allowed: {string.Join(", ", engine.Settings.Bots.Select(each => each.Name))}");
            return;
        }

        BotCommandKind? kind = verb switch
        {
            "start" => BotCommandKind.Start,
            "pause" => BotCommandKind.Pause,
            "resume" => BotCommandKind.Resume,
            "stop" => BotCommandKind.Stop,
            _ => null,
        };
        if (kind is not { } command)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"'{verb}' is not a command to a bot; allowed: start, pause, resume, stop");
            return;
        }

        if (await ReadAsync(context, ApiJson.Default.CommandMessage) is { } message)
        {
            await CommandAsync(
                context, new BotCommand(0, bot.Value, command, message.Close && command == BotCommandKind.Stop, By(message.By)), $"{verb} {name}{(message.Close ? ", closing its position" : "")}: taken");
        }
    }

    private async Task KillAsync(HttpContext context, bool on)
    {
        if (await ReadAsync(context, ApiJson.Default.CommandMessage) is { } message)
        {
            await CommandAsync(context, new KillSwitched(0, on, on && message.Close, By(message.By)), on
                ? $"kill switch thrown: every order of ours is cancelled{(message.Close ? ", positions are closed at market" : ", positions stay")}; nothing is sent until it is released"
                : "kill switch released");
        }
    }

    private async Task AdoptAsync(HttpContext context)
    {
        if (await ReadAsync(context, ApiJson.Default.AdoptMessage) is { } message)
        {
            if (string.IsNullOrWhiteSpace(message.ClientOrderId))
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "client_order_id is empty; allowed: the client order id of an open order in our form");
                return;
            }

            await CommandAsync(context, new OrderAdopted(0, message.ClientOrderId, By(message.By)), $"adopt {message.ClientOrderId}: taken; the alerts say what came of it");
        }
    }

    private static string By(string by) => by.Length == 0 ? "control channel" : by;

    private async Task CommandAsync(HttpContext context, TradingInput command, string text)
    {
        var isKept = await engine.CommandAsync(command, CommitPatience);
        await WriteAsync(context, StatusCodes.Status202Accepted, new TakenMessage(isKept ? text : $"{text}; it is not on disk yet, since the journal is in trouble: a kill now would lose it"), ApiJson.Default.TakenMessage);
    }

    private static Task RefuseAsync(HttpContext context, int status, string error) => WriteAsync(context, status, new ErrorMessage(error), ApiJson.Default.ErrorMessage);

    /// <summary>The body; an empty one is one of defaults. Null where it could not be read: the refusal has been sent.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        using var body = new MemoryStream();
        if (context.Request.ContentLength > LargestBody)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"the body has {context.Request.ContentLength} bytes; allowed: at most {LargestBody}");
            return null;
        }

        await context.Request.Body.CopyToAsync(body);
        try
        {
            return JsonSerializer.Deserialize(body.Length == 0 ? "{}"u8 : body.GetBuffer().AsSpan(0, (int)body.Length), type) ?? throw new JsonException("null is not allowed");
        }
        catch (JsonException exception)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"the body can't be read: {exception.Message}");
            return null;
        }
    }

    private static async Task WriteAsync<T>(HttpContext context, int status, T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message, type));
    }
}
