using Trellis.Cli.Live;

namespace Trellis.Cli.Tests.Live;

public sealed class RedactionTests
{
    private const string Secret = "kJ8sD-quite-secret";

    [Theory]
    [InlineData($"refused for {Secret} today", "refused for *** today")]
    [InlineData("GET /order?symbol=BTCUSDT&signature=abc123&timestamp=1", "GET /order?symbol=BTCUSDT&signature=***&timestamp=1")]
    [InlineData("""{"apiKey":"abc123","side":"BUY"}""", """{"apiKey":"***","side":"BUY"}""")]
    [InlineData("Host=db;Username=ann;Password=hunter2;Database=t", "Host=db;Username=ann;Password=***;Database=t")]
    [InlineData("postgres://ann:hunter2@db/trellis", "postgres://***@db/trellis")]
    [InlineData("X-MBX-APIKEY: abc123", "X-MBX-APIKEY: ***")]
    [InlineData("one\ntwo\u001b[2J\u0007", "one two [2J ")]
    [InlineData("62,900.0 at 03:04:05, retry in 5 s", "62,900.0 at 03:04:05, retry in 5 s")]
    public void Secrets_and_control_characters_are_taken_out(string text, string expected) => new Redaction(Secret, "", "abc").Clean(text).ShouldBe(expected);
}
