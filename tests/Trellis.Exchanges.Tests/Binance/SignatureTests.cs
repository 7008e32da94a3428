using System.Text.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Signatures, and how parameters are written.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void Published_signatures_are_met()
    {
        var vectors = Fixtures.Read("signature_vectors.json").GetProperty("vectors").EnumerateArray()
            .Where(vector => vector.GetProperty("exchange").GetString() == "binance"
                && vector.GetProperty("algorithm").GetString() == "HMAC-SHA256"
                && vector.GetProperty("verified").GetProperty("node") is { ValueKind: JsonValueKind.True })
            .ToList();

        vectors.Count.ShouldBeGreaterThan(3);
        vectors.ShouldAllBe(vector => vector.GetProperty("expected").GetString() == new RequestSigner(vector.GetProperty("secret").GetString()!).Sign(vector.GetProperty("string_to_sign").GetString()!));
    }

    [Fact]
    public void The_documented_example_is_met() =>
        new RequestSigner("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j")
            .Sign("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559")
            .ShouldBe("c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71");

    [Theory]
    [InlineData("0.1000", "0.1")]
    [InlineData("100", "100")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("1200000.50", "1200000.5")]
    public void Numbers_are_written_without_zeros_at_the_end_and_without_exponents(string number, string written) =>
        RequestParameters.Plain(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(written);

    [Fact]
    public void Parameters_are_percent_encoded() =>
        new RequestParameters().Add("batchOrders", """[{"a":"1"}]""").Add("limit", 5).ToString().ShouldBe("batchOrders=%5B%7B%22a%22%3A%221%22%7D%5D&limit=5");
}
