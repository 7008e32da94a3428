using System.Net;
using System.Text;
using System.Web;
using Trellis.Engine.Tests.Doubles;

namespace Trellis.Bench.Wires;

/// <summary>In the place of the connection: notes when a request is ready to be written, and rests every order.</summary>
internal sealed class OrderSocket : HttpMessageHandler
{
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);

    /// <summary>When the last request was handed over, whole and signed; of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long At { get; private set; }

    /// <summary>The exchange's number of an order.</summary>
    public long NumberOf(string clientOrderId) => numbers[clientOrderId];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        At = TimeProvider.System.GetTimestamp();
        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken), Encoding.ASCII);
        var order = HttpUtility.ParseQueryString(reader.ReadToEnd());
        numbers.Add(order["newClientOrderId"]!, numbers.Count + 1);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""
                {"symbol":"{{order["symbol"]}}","orderId":{{numbers.Count}},"clientOrderId":"{{order["newClientOrderId"]}}","side":"{{order["side"]}}","positionSide":"BOTH","status":"NEW",
                "type":"LIMIT","price":"{{order["price"]}}","origQty":"{{order["quantity"]}}","executedQty":"0","updateTime":{{Some.Now}}}
                """),
        });
    }
}
