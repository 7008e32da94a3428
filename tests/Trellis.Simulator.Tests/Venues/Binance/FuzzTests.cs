using System.Globalization;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Fuzzing;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>
/// Mutated requests over the wire: whatever arrives, the answer is the exchange's, and the exchange goes on. TRELLIS_FUZZ_REQUESTS says
/// how many; TRELLIS_FUZZ_SEED which.
/// </summary>
public sealed class FuzzTests
{
    private const int Usual = 20_000;
    private const int Lanes = 4;

    [Fact]
    public async Task Whatever_arrives_the_answer_is_the_exchanges()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("TRELLIS_FUZZ_REQUESTS") ?? $"{Usual}", CultureInfo.InvariantCulture);
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("TRELLIS_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { LimitFactor = 1_000_000 }, deposit: 1_000_000_000m);

        var codes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunAsync(host, new DeterministicRandom(seed + ((ulong)lane << 32)), count / Lanes)));

        (await host.Trader.GetAsync("/fapi/v1/ping")).Done();
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v3/account")).Done();
        // The seed reaches deep: orders were placed, and refusals of every layer were met.
        int[] met = [0, -1022, -1100, -1101, -1102, -1111, -1116, -1117, -1121, -1130, -2011, -2013, -4003, -4005, -5000];
        met.Except(codes.SelectMany(found => found)).ShouldBeEmpty();
    }

    private static async Task<HashSet<int>> RunAsync(BinanceHost host, DeterministicRandom random, int count)
    {
        var codes = new HashSet<int>();
        for (var i = 0; i < count; i++)
        {
            var request = MutatedRequests.Next(random, text => host.Trader.Signed(text));
            Answer answer;
            try
            {
                answer = await host.Trader.SendAsync(new HttpMethod(request.Method), request.Path, request.Query, request.Body);
            }
            catch (UriFormatException)
            {
                continue;
            }

            answer.Http.ShouldBeOneOf([200, 400, 401, 404, 413], $"{request}: {answer.Text}");
            if (answer.Http != 200)
            {
                answer.Code.ShouldBeLessThan(0, $"{request}");
                answer.Code.ShouldNotBe(-1000, $"{request}");
                answer.Message.ShouldNotBeEmpty($"{request}");
            }

            codes.Add(answer.Code);
            host.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        return codes;
    }
}
