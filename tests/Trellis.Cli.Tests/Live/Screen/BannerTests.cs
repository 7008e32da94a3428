using Trellis.Cli.Live;
using Trellis.Cli.Live.Screen;

namespace Trellis.Cli.Tests.Live.Screen;

public sealed class BannerTests
{
    [Theory]
    [InlineData(nameof(LiveMode.Mainnet), "LIVE MAINNET", "REAL MONEY: EVERY ORDER IS SENT TO THE EXCHANGE")]
    [InlineData(nameof(LiveMode.Testnet), "TESTNET", "TEST MONEY: ORDERS ARE SENT TO THE EXCHANGE'S TEST ENVIRONMENT")]
    [InlineData(nameof(LiveMode.Simulator), "SIMULATOR", "MADE-UP MONEY: ORDERS ARE SENT TO A SIMULATED EXCHANGE")]
    [InlineData(nameof(LiveMode.DryRun), "DRY RUN", "LIVE PRICES, MADE-UP FILLS: NO ORDER IS SENT TO AN EXCHANGE")]
    public void The_first_lines_say_whether_this_is_real_money(string mode, string title, string meaning)
    {
        var lines = Write(LiveSamples.Facts(Enum.Parse<LiveMode>(mode)));

        lines[1].ShouldBe(title);
        lines[2].ShouldBe(meaning);
    }

    [Fact]
    public void What_is_about_to_trade_follows()
    {
        Write(LiveSamples.Facts())[4..].ShouldBe(
        [
            "Exchange      binance, https://fapi.example.com",
            "Account       main, one-way mode, in USDT",
            "Instruments   binance/perp/BTCUSDT, binance/perp/ETHUSDT",
            "Bot           grid-btc: grid on BTCUSDT, own money 6000 USDT, leverage 1",
            "Bot           dca-eth: dca on ETHUSDT, own money 4000 USDT, leverage 1",
            "Limits        position at most 5000 USDT per instrument, drawdown at most 20 %",
            "Storage       SQLite trellis.db",
            "Control       trellis.sock",
            "Logs          logs",
            "Program       trellis 0.1.0, configuration c0ffee",
        ]);
    }

    [Fact]
    public void A_password_in_an_address_is_hidden() =>
        Write(LiveSamples.Facts() with { Storage = "postgres://ann:hunter2@db/trellis" })[10].ShouldBe("Storage       postgres://***@db/trellis");

    private static string[] Write(LiveFacts facts)
    {
        using var output = new StringWriter();
        Banner.Write(LiveConsole.Create(output), facts);
        return output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToArray();
    }
}
