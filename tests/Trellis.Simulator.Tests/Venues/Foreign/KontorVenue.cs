using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Connections;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>
/// An exchange that there is not, unlike the others on every wire: JSON bodies, signatures in headers, words for errors, whole contracts,
/// 32-character names of orders, and answers that only acknowledge.
/// </summary>
internal sealed class KontorVenue : IVenue
{
    public const string Prefix = "/kontor/v2";

    private readonly VenueContext _context;
    private readonly KontorGate _gate;
    private readonly KontorTags _tags = new();
    private readonly KontorOrders _orders;
    private readonly KontorFeed _feed;

    public KontorVenue(VenueContext context)
    {
        _context = context;
        _gate = new KontorGate(context);
        _orders = new KontorOrders(context, _tags);
        _feed = new KontorFeed(context, _gate);
        context.Exchange.AddObserver(_feed);
        context.Activity.Watch(() => _feed.QueuedFrames, () => _feed.UserStreams, () => _feed.Connections);
    }

    public string Name => "kontor";

    public async ValueTask<bool> TryHandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (path == $"{Prefix}/feed" && WebSocketUpgrade.IsRequested(context) && !_context.Faults.InMaintenance)
        {
            await _feed.ServeAsync(context);
            return true;
        }

        await AnswerAsync(context, path[Prefix.Length..]);
        return true;
    }

    public string CaptureState() => _tags.Capture();

    public void RestoreState(string state) => _tags.Restore(state);

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    private async Task AnswerAsync(HttpContext http, string path)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
        _context.Recorder.Request(http.Connection.Id, http.Request.Method, path, Encoding.UTF8.GetBytes(body));
        var changes = !HttpMethods.IsGet(http.Request.Method);
        var facts = new RequestFacts(http.Request.Method, Prefix + path, changes, IsReduceOnly: HttpMethods.IsDelete(http.Request.Method));
        var fault = _context.Faults.BeforeRequest(facts, out var delay);
        await WaitAsync(delay);
        if (fault == RequestFault.Disconnect)
        {
            http.Abort();
            return;
        }

        var (status, answer) = fault switch
        {
            RequestFault.Overloaded => Refused(KontorError.Busy),
            RequestFault.UnknownNotExecuted => Refused(KontorError.Unsure),
            _ when _context.Faults.InMaintenance => Refused(KontorError.Closed),
            _ => await CarryAsync(http, path, body),
        };
        await SendAsync(http, status, answer, _context.Faults.AfterRequest(facts, out delay), delay);
    }

    private async Task SendAsync(HttpContext http, int status, JsonObject answer, AnswerFault fault, TimeSpan delay)
    {
        await WaitAsync(delay);
        if (fault == AnswerFault.Lost)
        {
            http.Abort();
            return;
        }

        (status, answer) = fault == AnswerFault.UnknownExecuted ? Refused(KontorError.Unsure) : (status, answer);
        var text = Encoding.UTF8.GetBytes(answer.ToJsonString());
        text = fault == AnswerFault.Garbled ? text[..(text.Length / 2)] : text;
        _context.Recorder.Answer(http.Connection.Id, status, text);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }

    private async ValueTask<(int Status, JsonObject Answer)> CarryAsync(HttpContext http, string path, string body)
    {
        try
        {
            var headers = http.Request.Headers;
            var who = _gate.Admit($"{headers["K-Access"]}", $"{headers["K-Pass"]}", $"{headers["K-Time"]}", $"{headers["K-Sign"]}", http.Request.Method + path + body);
            var data = await DoAsync(who.Account, http.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries), body);
            return (200, new JsonObject { ["ok"] = true, ["at"] = KontorJson.Time(_context.Clock.WireTime), ["data"] = data });
        }
        catch (KontorException refused)
        {
            return Refused(refused.Error);
        }
        catch (JsonException)
        {
            return Refused(KontorError.Malformed("the body is no JSON object"));
        }
    }

    private ValueTask<JsonNode> DoAsync(AccountId account, string method, string[] path, string body) => (method, path) switch
    {
        ("POST", ["orders"]) => _orders.PlaceAsync(account, JsonSerializer.Deserialize<JsonObject>(body) ?? []),
        ("DELETE", ["orders", var reference]) => _orders.WithdrawAsync(account, reference),
        ("GET", ["orders", var name]) => _orders.FindAsync(account, name),
        ("GET", ["positions"]) => _orders.PositionsAsync(account),
        _ => throw new KontorException(KontorError.Unknown),
    };

    private Task WaitAsync(TimeSpan delay) => delay > TimeSpan.Zero ? Task.Delay(delay, _context.Time, _context.Stopping) : Task.CompletedTask;

    private static (int Status, JsonObject Answer) Refused(KontorError error) => (error.Http, error.ToJson());
}
