using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>The key of a user stream, which lives an hour from its last renewal.</summary>
internal sealed class ListenKey(BinanceRest rest, TimeProvider time)
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMinutes(1);

    private string? _key;
    private long _renewed;
    private long? _tried;

    /// <summary>Makes the key, or gets the one that lives.</summary>
    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        _key = await rest.ReadAsync(Request(HttpMethod.Post), static answer => answer.Text("listenKey"), cancellation);
        _renewed = time.GetTimestamp();
        _tried = null;
        return _key;
    }

    /// <summary>Renews it where it is time to.</summary>
    /// <returns>False where the exchange no longer knows it.</returns>
    public async Task<bool> KeepAsync(CancellationToken cancellation)
    {
        if (_key is null || time.GetElapsedTime(_renewed) < RenewEvery || (_tried is { } tried && time.GetElapsedTime(tried) < RetryEvery))
        {
            return true;
        }

        _tried = time.GetTimestamp();
        var answer = await rest.SendAsync(Request(HttpMethod.Put), cancellation);
        if (answer.Kind == Core.Trading.Inputs.AnswerKind.Accepted)
        {
            _renewed = time.GetTimestamp();
            _tried = null;
        }

        return answer.Code != ErrorCodes.ListenKeyUnknown;
    }

    private static RequestSpec Request(HttpMethod method) => new(method, "/fapi/v1/listenKey", 1, Access.Key, Purpose.Setting);
}
