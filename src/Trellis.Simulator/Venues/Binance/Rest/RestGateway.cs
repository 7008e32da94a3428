using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Rest;

/// <summary>Takes a REST request from its bytes to its answer.</summary>
internal sealed class RestGateway(BinanceServices services, RequestRunner runner)
{
    private const string KeyHeader = "X-MBX-APIKEY";

    public async ValueTask HandleAsync(HttpContext http)
    {
        using var payload = new RequestPayload();
        using var answer = AnswerBuffer.Rent();
        try
        {
            await payload.ReadAsync(http);
        }
        catch (RequestRefusedException refused)
        {
            await SendAsync(http, answer, new RequestOutcome(refused.Error, default, AnswerFault.None));
            return;
        }

        if (services.Context.Recorder.IsOn)
        {
            services.Context.Recorder.Request(http.Connection.Id, http.Request.Method, payload.Target, payload.Body);
        }

        var outcome = await runner.RunAsync(Read(http, payload, answer));
        if (outcome.Fault == AnswerFault.Lost)
        {
            http.Abort();
            return;
        }

        await SendAsync(http, answer, outcome);
    }

    private IncomingRequest Read(HttpContext http, RequestPayload payload, AnswerBuffer answer)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value ?? "");
        var parameters = new Parameters();
        BinanceError? unreadable = null;
        try
        {
            // GET takes its parameters from the query alone.
            payload.ReadParameters(parameters, withBody: !HttpMethods.IsGet(method));
        }
        catch (RequestRefusedException refused)
        {
            unreadable = refused.Error;
        }

        var call = new BinanceCall { Services = services, Parameters = parameters, Answer = answer.Writer, Address = ClientAddress.Of(http) };
        var key = http.Request.Headers.TryGetValue(KeyHeader, out var sent) ? sent.ToString() : null;
        return new IncomingRequest(method, path, RestEndpoints.All.GetValueOrDefault((method, path)), call, key, payload.Signed, unreadable);
    }

    private async ValueTask SendAsync(HttpContext http, AnswerBuffer answer, RequestOutcome outcome)
    {
        if (outcome.Error is { } refusal)
        {
            answer.Clear();
            ErrorJson.Write(answer.Writer, refusal);
        }

        var body = answer.Written;
        body = outcome.Fault == AnswerFault.Garbled ? body[..(body.Length / 2)] : body;
        var response = http.Response;
        response.StatusCode = outcome.Error?.Http ?? StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers["X-MBX-USED-WEIGHT-1M"] = Text(outcome.Usage.Weight);
        if (outcome.Usage.Orders is { } orders)
        {
            response.Headers["X-MBX-ORDER-COUNT-10S"] = Text(orders.TenSeconds);
            response.Headers["X-MBX-ORDER-COUNT-1M"] = Text(orders.Minute);
        }

        if (outcome.Error is { RetryAfterSeconds: > 0 } wait)
        {
            response.Headers.RetryAfter = Text(wait.RetryAfterSeconds);
        }

        if (services.Context.Recorder.IsOn)
        {
            services.Context.Recorder.Answer(http.Connection.Id, response.StatusCode, body.Span);
        }

        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
