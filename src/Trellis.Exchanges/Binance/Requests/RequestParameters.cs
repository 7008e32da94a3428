using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>Parameters of a request in the order in which they are sent, percent-encoded.</summary>
internal sealed class RequestParameters
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private readonly StringBuilder _text = new(256);

    public RequestParameters Add(string name, string value)
    {
        _text.Append(_text.Length == 0 ? "" : "&").Append(name).Append('=').Append(value.AsSpan().ContainsAnyExcept(Unreserved) ? Uri.EscapeDataString(value) : value);
        return this;
    }

    public RequestParameters Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Without zeros at the end: 0.10 is sent as 0.1.</summary>
    public RequestParameters Add(string name, decimal value) => Add(name, Plain(value));

    public static string Plain(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return value.Scale > 0 && text[^1] == '0' ? (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : text;
    }

    public override string ToString() => _text.ToString();
}
