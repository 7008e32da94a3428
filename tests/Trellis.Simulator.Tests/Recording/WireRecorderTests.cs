using System.Text;
using System.Text.Json;
using Trellis.Simulator.Recording;

namespace Trellis.Simulator.Tests.Recording;

public sealed class WireRecorderTests : IDisposable
{
    private const string Secret = "s3cr/t+\"value";
    private const string Key = "key-of-the-client";

    private static readonly KeyValuePair<string, string>[] Secrets = [new(Secret, "***"), new(Key, "key-of-main")];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("wire.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_crossed_the_wire_is_a_line_of_json()
    {
        await using (var recorder = new WireRecorder(Path, [], TimeProvider.System))
        {
            recorder.Request("c1", "POST", "/fapi/v1/order?symbol=BTCUSDT", "side=BUY"u8);
            recorder.Answer("c1", 200, """{"orderId":1}"""u8);
            recorder.FrameIn("c2", """{"method":"SUBSCRIBE"}"""u8);
            recorder.FrameOut("c2", "é\n"u8);
        }

        var lines = await Lines();
        lines.Select(line => line.GetProperty("kind").GetString()).ShouldBe(["request", "answer", "frame-in", "frame-out"]);
        lines.Select(line => line.GetProperty("connection").GetString()).ShouldBe(["c1", "c1", "c2", "c2"]);
        lines[0].GetProperty("method").GetString().ShouldBe("POST");
        lines[0].GetProperty("target").GetString().ShouldBe("/fapi/v1/order?symbol=BTCUSDT");
        lines[0].GetProperty("body").GetString().ShouldBe("side=BUY");
        lines[1].GetProperty("status").GetInt32().ShouldBe(200);
        lines[1].GetProperty("body").GetString().ShouldBe("""{"orderId":1}""");
        lines[2].GetProperty("text").GetString().ShouldBe("""{"method":"SUBSCRIBE"}""");
        lines[3].GetProperty("text").GetString().ShouldBe("é\n");
    }

    [Theory]
    [InlineData("/o?a=1&signature=0123abcdef", "", "/o?a=1&signature=***", "")]
    [InlineData("/o?signature=a%2Fb%3D&b=2", "", "/o?signature=***&b=2", "")]
    [InlineData("/o", "a=1&signature=0123", "/o", "a=1&signature=***")]
    [InlineData("/o", """{"params":{"signature": "a/b==","x":1}}""", "/o", """{"params":{"signature": "***","x":1}}""")]
    [InlineData("/o?k=key-of-the-client", "key-of-the-client", "/o?k=key-of-main", "key-of-main")]
    [InlineData("/o?s=s3cr%2Ft%2B%22value", "", "/o?s=***", "")]
    [InlineData("/s3cr/t+\"value", "x", "/***", "x")]
    public async Task Signatures_keys_and_secrets_are_masked(string target, string body, string safeTarget, string safeBody)
    {
        await using (var recorder = new WireRecorder(Path, Secrets, TimeProvider.System))
        {
            recorder.Request("c1", "POST", target, Encoding.UTF8.GetBytes(body));
        }

        var line = (await Lines()).ShouldHaveSingleItem();
        line.GetProperty("target").GetString().ShouldBe(safeTarget);
        (line.TryGetProperty("body", out var text) ? text.GetString() : "").ShouldBe(safeBody);
        var file = await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken);
        file.ShouldNotContain("s3cr");
        file.ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_secret_that_a_client_escaped_in_json_is_masked_too()
    {
        await using (var recorder = new WireRecorder(Path, Secrets, TimeProvider.System))
        {
            recorder.FrameIn("c1", JsonSerializer.SerializeToUtf8Bytes(new { secret = Secret }));
        }

        (await Lines()).ShouldHaveSingleItem().GetProperty("text").GetString().ShouldBe("""{"secret":"***"}""");
    }

    [Fact]
    public async Task A_clean_stop_loses_nothing_of_many_writers()
    {
        await using (var recorder = new WireRecorder(Path, [], TimeProvider.System))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
            {
                for (var round = 0; round < 2_500; round++)
                {
                    recorder.FrameOut($"c{writer}", Encoding.UTF8.GetBytes($"{round}"));
                }
            })));
        }

        var lines = await Lines();
        foreach (var writer in Enumerable.Range(0, 4))
        {
            lines.Where(line => line.GetProperty("connection").GetString() == $"c{writer}").Select(line => line.GetProperty("text").GetString())
                .ShouldBe(Enumerable.Range(0, 2_500).Select(round => $"{round}"));
        }
    }

    [Fact]
    public async Task What_the_disk_is_too_slow_for_is_counted()
    {
        var disk = new StuckDisk();
        await using (var recorder = new WireRecorder(Path, disk, [], TimeProvider.System, mostWaiting: 1_000))
        {
            for (var round = 0; round < 20; round++)
            {
                recorder.FrameOut("c1", "12345"u8);
            }

            disk.Free();
        }

        var lines = Encoding.UTF8.GetString(disk.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var lost = lines.Where(line => line.GetProperty("kind").GetString() == "lost").Sum(line => line.GetProperty("count").GetInt32());
        lost.ShouldBeGreaterThan(0);
        (lines.Count(line => line.GetProperty("kind").GetString() == "frame-out") + lost).ShouldBe(20);
    }

    [Fact]
    public async Task A_second_recording_is_added_to_the_first()
    {
        for (var run = 0; run < 2; run++)
        {
            await using var recorder = new WireRecorder(Path, [], TimeProvider.System);
            recorder.FrameOut("c1", "x"u8);
        }

        (await Lines()).Count.ShouldBe(2);
    }

    private async Task<List<JsonElement>> Lines() =>
        [.. (await File.ReadAllLinesAsync(Path, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Takes nothing before it is told to.</summary>
    private sealed class StuckDisk : MemoryStream
    {
        private readonly ManualResetEventSlim _free = new();

        public byte[] Content { get; private set; } = [];

        public void Free() => _free.Set();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _free.Wait();
            base.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            Content = ToArray();
            _free.Dispose();
            base.Dispose(disposing);
        }
    }
}
