using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>Sends requests: within the limits, at the exchange's time, signed, and again only where that is safe.</summary>
internal sealed class BinanceRest(HttpClient http, BinanceAddresses addresses, AdapterOptions options, RequestLimiter limiter, ExchangeClock clock, TimeProvider time)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Binance's own default, milliseconds.</summary>
    private const int UsualWindow = 5_000;

    /// <summary>Limits are told by the minute; a ban of some length is not waited for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(65);

    private readonly ConcurrentDictionary<(Uri Home, string Path), Uri> _uris = new();
    private readonly RequestSigner _signer = new(options.ApiSecret);
    private readonly Resilience _resilience = new(time, options.RequestTimeout);

    public ExchangeClock Clock => clock;

    public RequestLimiter Limiter => limiter;

    /// <summary>Whether requests are held back: by our circuit breaker, or by the exchange's ban.</summary>
    public bool IsCircuitOpen => _resilience.IsOpen || limiter.BannedUntil > 0;

    /// <summary>Asks and reads the answer.</summary>
    /// <exception cref="ExchangeException">It was refused, or no readable answer came.</exception>
    public async Task<T> ReadAsync<T>(RequestSpec spec, Func<JsonElement, T> decode, CancellationToken cancellation)
    {
        var answer = await SendAsync(spec, cancellation);
        if (answer.Kind != AnswerKind.Accepted)
        {
            throw Failure(spec, answer);
        }

        try
        {
            return decode(answer.Body);
        }
        catch (WireFormatException error)
        {
            throw new ExchangeException($"binance {spec.Method} {spec.Path}: {error.Message}", AnswerKind.Unknown, RefusalKind.Other, TimeSpan.Zero, error);
        }
    }

    public static ExchangeException Failure(RequestSpec spec, WireAnswer answer) =>
        new($"binance {spec.Method} {spec.Path}: {answer.Text}", answer.Kind, answer.Refusal, answer.RetryAfter);

    /// <summary>Sends a request and says what came of it. Orders are sent once, whatever happens.</summary>
    /// <exception cref="OperationCanceledException">A question was cancelled; of orders and cancels it is told as an outcome.</exception>
    public async Task<WireAnswer> SendAsync(RequestSpec spec, CancellationToken cancellation)
    {
        if (spec.Purpose == Purpose.Order)
        {
            return await AttemptAsync(spec, cancellation);
        }

        return await _resilience.Again.ExecuteAsync(static async (call, token) => await call.Sender.AttemptAsync(call.Spec, token), (Sender: this, Spec: spec), cancellation);
    }

    /// <summary>Measures the exchange's clock.</summary>
    /// <exception cref="ExchangeException">It was not told.</exception>
    public async Task SyncClockAsync(int samples, CancellationToken cancellation)
    {
        await clock.SyncAsync(GetTimeAsync, samples, cancellation);
        limiter.SetOffset(clock.Offset);
    }

    public Task<long> GetTimeAsync(CancellationToken cancellation) =>
        ReadAsync(new RequestSpec(HttpMethod.Get, "/fapi/v1/time", 1, Access.Public, Purpose.Read), static answer => answer.Whole("serverTime"), cancellation);

    private async Task<WireAnswer> AttemptAsync(RequestSpec spec, CancellationToken cancellation)
    {
        var isTrade = spec.Purpose is Purpose.Order or Purpose.Cancel;
        if (isTrade && cancellation.IsCancellationRequested)
        {
            return WireAnswer.NotSent(RefusalKind.Other, "cancelled before it was sent", TimeSpan.Zero);
        }

        var admission = await AdmitAsync(spec, cancellation);
        if (!admission.IsGranted)
        {
            return WireAnswer.NotSent(RefusalKind.RateLimited, admission.Why, admission.Wait);
        }

        var pipeline = spec.Purpose == Purpose.Cancel ? _resilience.TimeLimited : _resilience.Guarded;
        WireAnswer answer;
        try
        {
            answer = await pipeline.ExecuteAsync(
                static async (call, token) => await call.Sender.ExchangeAsync(call.Spec, call.Admission, token), (Sender: this, Spec: spec, Admission: admission), cancellation);
        }
        catch (BrokenCircuitException broken)
        {
            return WireAnswer.NotSent(RefusalKind.Other, "nothing is sent for a while, since most of the last requests failed", broken.RetryAfter ?? TimeSpan.Zero);
        }
        catch (TimeoutRejectedException)
        {
            return WireAnswer.Unknown($"no answer within {options.RequestTimeout.TotalSeconds:0.###} s");
        }
        catch (OperationCanceledException) when (isTrade)
        {
            return new WireAnswer(AnswerKind.Unknown, RefusalKind.Other, 0, "cancelled while it was under way");
        }

        if (answer.Code == ErrorCodes.TimestampOutside)
        {
            return await ResyncAsync(answer, cancellation);
        }

        return answer;
    }

    /// <summary>Our clock was wrong: it is set at once, so that the next attempt is right.</summary>
    private async Task<WireAnswer> ResyncAsync(WireAnswer answer, CancellationToken cancellation)
    {
        try
        {
            await SyncClockAsync(1, cancellation);
            return answer with { IsTransient = true };
        }
        catch (ExchangeException)
        {
            return answer;
        }
        catch (OperationCanceledException)
        {
            return answer;
        }
    }

    /// <summary>Questions wait for room until the next minute, which brings it, so that a start finds it where another program has used it up; what trades does not.</summary>
    private async Task<Admission> AdmitAsync(RequestSpec spec, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var admission = limiter.Enter(spec, options.ApiKey);
            var mayWait = spec.Purpose is Purpose.Read or Purpose.Setting && admission.Wait < LongestWait - time.GetElapsedTime(start);
            if (admission.IsGranted || !mayWait)
            {
                return admission;
            }

            await Task.Delay(admission.Wait, time, cancellation);
        }
    }

    private async ValueTask<WireAnswer> ExchangeAsync(RequestSpec spec, Admission admission, CancellationToken cancellation)
    {
        using var request = Build(spec);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            var answer = AnswerReader.Read(response.StatusCode, response.Headers, body, clock.Now);
            Learn(spec, admission, response, answer);
            return answer;
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            // There was no connection, so nothing can have arrived.
            return WireAnswer.NotSent(RefusalKind.Other, $"no connection: {error.Message}", TimeSpan.Zero) with { IsTransient = true };
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return WireAnswer.Unknown($"the connection broke: {error.Message}");
        }
    }

    private void Learn(RequestSpec spec, Admission admission, HttpResponseMessage response, WireAnswer answer)
    {
        if (spec.IsWallet)
        {
            return;
        }

        limiter.Learn(admission, options.ApiKey, response.Headers);
        if ((int)response.StatusCode is not (418 or 429))
        {
            return;
        }

        if (answer.Code == ErrorCodes.TooManyOrders)
        {
            limiter.BlockOrders(options.ApiKey, answer.RetryAfter);
        }
        else
        {
            limiter.Block(answer.RetryAfter, (int)response.StatusCode == 418);
        }
    }

    /// <summary>
    /// An order must not be taken later than is believed when it is given up: it has a short window, and the earliest time that the exchange's clock can show.
    /// What does no harm late has a long one.
    /// </summary>
    private string Validity(Purpose purpose) => purpose == Purpose.Order
        ? $"recvWindow={options.ReceiveWindow}&timestamp={clock.Earliest}"
        : $"recvWindow={Math.Max(UsualWindow, options.ReceiveWindow)}&timestamp={clock.Now}";

    /// <summary>There are a few dozen, and taking one apart takes longer than signing.</summary>
    private Uri Address(Uri home, string path) => _uris.GetOrAdd((home, path), static key => new Uri(key.Home, key.Path));

    private HttpRequestMessage Build(RequestSpec spec)
    {
        var text = spec.Parameters.ToString();
        if (spec.Access == Access.Signature)
        {
            text = $"{text}{(text.Length == 0 ? "" : "&")}{Validity(spec.Purpose)}";
            text = $"{text}&signature={_signer.Sign(text)}";
        }

        var inBody = spec.Method == HttpMethod.Post || spec.Method == HttpMethod.Put;
        var home = spec.IsWallet ? addresses.Wallet! : addresses.Rest;
        var request = new HttpRequestMessage(spec.Method, inBody || text.Length == 0 ? Address(home, spec.Path) : new Uri(home, $"{spec.Path}?{text}"));
        if (inBody)
        {
            request.Content = new StringContent(text, Encoding.ASCII, FormType);
        }

        if (spec.Access != Access.Public)
        {
            request.Headers.TryAddWithoutValidation("X-MBX-APIKEY", options.ApiKey);
        }

        return request;
    }
}
