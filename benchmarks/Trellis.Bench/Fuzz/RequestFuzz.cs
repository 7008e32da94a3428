using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Bench.Requests;
using Trellis.Core;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Fuzzing;

namespace Trellis.Bench.Fuzz;

/// <summary>Mutated requests of several clients at once.</summary>
internal static class RequestFuzz
{
    public const int Lanes = 8;

    /// <exception cref="RunException">An answer was no exchange's, or none came.</exception>
    public static async Task<AnswerClasses> RunAsync(RequestServer server, int requests)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{server.EndPoint}") };
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => SendAsync(http, lane, requests / Lanes))));
        using var still = await http.GetAsync(new Uri("/fapi/v1/ping", UriKind.Relative));
        still.EnsureSuccessStatusCode();
        var all = new AnswerClasses();
        foreach (var lane in lanes)
        {
            all.Add(lane);
        }

        return all;
    }

    private static async Task<AnswerClasses> SendAsync(HttpClient http, int lane, int count)
    {
        var random = new DeterministicRandom(1 + ((ulong)lane << 32));
        var secret = Encoding.ASCII.GetBytes(RequestServer.SecretOf(lane));
        var classes = new AnswerClasses();
        for (var i = 0; i < count; i++)
        {
            var request = MutatedRequests.Next(random, text => Signed(secret, text));
            if (!Uri.TryCreate($"{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}", UriKind.Relative, out var address))
            {
                classes.Count("no address");
                continue;
            }

            using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
            message.Headers.Host = "fapi.binance.com";
            message.Headers.Add("X-MBX-APIKEY", RequestServer.KeyOf(lane));
            message.Content = request.Body is { } body ? new ByteArrayContent(Encoding.Latin1.GetBytes(body)) : null;
            classes.Count(await AnswerAsync(http, message, $"{request}"));
        }

        return classes;
    }

    private static async Task<string> AnswerAsync(HttpClient http, HttpRequestMessage message, string cause)
    {
        try
        {
            using var answer = await http.SendAsync(message);
            var text = await answer.Content.ReadAsStringAsync();
            AnswerClasses.DemandNoTrace(text, cause);
            var (status, code) = ((int)answer.StatusCode, AnswerClasses.CodeOf(text));
            return status < 500 && code is not ("-1000" or "-1001" or "no JSON")
                ? string.Create(CultureInfo.InvariantCulture, $"{status} {code}")
                : throw new RunException($"fuzz: {cause} was answered with {status}: {text}");
        }
        catch (UriFormatException)
        {
            return "no address";
        }
        catch (HttpRequestException broken)
        {
            throw new RunException($"fuzz: {cause} had no answer: {broken.Message}", broken);
        }
    }

    private static string Signed(byte[] secret, string text)
    {
        var timed = string.Create(CultureInfo.InvariantCulture, $"{text}{(text.Length > 0 ? "&" : "")}timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}");
        return $"{timed}&signature={Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.Latin1.GetBytes(timed)))}";
    }
}
