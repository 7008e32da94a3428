using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Requests;

/// <summary>The query string and the body of a request, exactly as they were sent, and what of them was signed.</summary>
internal sealed class RequestPayload : IDisposable
{
    /// <summary>Longer bodies than this have no sense: five orders fit in 2 KiB.</summary>
    private const int LargestBody = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _queryLength;
    private int _length;
    private int _signedLength;

    /// <summary>Method, path and query as they stood in the request line.</summary>
    public string Target { get; private set; } = "";

    public ReadOnlySpan<byte> Body => _bytes.AsSpan(_queryLength, _length - _queryLength);

    /// <summary>Query and body without their signatures, one behind the other; after <see cref="ReadParameters"/>.</summary>
    public ReadOnlyMemory<byte> Signed => _bytes.AsMemory(0, _signedLength);

    /// <exception cref="RequestRefusedException">413 for a body that is too long.</exception>
    public async ValueTask ReadAsync(HttpContext http)
    {
        Target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = Target.IndexOf('?', StringComparison.Ordinal);
        if (question >= 0)
        {
            Reserve(Encoding.UTF8.GetMaxByteCount(Target.Length - question));
            _length = Encoding.UTF8.GetBytes(Target.AsSpan(question + 1), _bytes);
        }

        _queryLength = _length;
        if (http.Request.ContentLength > LargestBody)
        {
            throw new RequestRefusedException(RequestErrors.BodyTooLarge);
        }

        while (true)
        {
            Reserve(_length + 1024);
            var read = await http.Request.Body.ReadAsync(_bytes.AsMemory(_length));
            if (read == 0)
            {
                return;
            }

            _length += read;
            if (_length - _queryLength > LargestBody)
            {
                throw new RequestRefusedException(RequestErrors.BodyTooLarge);
            }
        }
    }

    /// <summary>Reads query and, where it counts, body; a name in both keeps what the query says.</summary>
    public void ReadParameters(Parameters parameters, bool withBody)
    {
        _signedLength = FormReader.Read(_bytes.AsSpan(0, _queryLength), parameters);
        if (!withBody)
        {
            return;
        }

        // The signed part of the body moves right behind that of the query, over the query's signature.
        var signedBody = FormReader.Read(Body, parameters);
        Body[..signedBody].CopyTo(_bytes.AsSpan(_signedLength, signedBody));
        _signedLength += signedBody;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Reserve(int length)
    {
        if (_bytes.Length >= length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
