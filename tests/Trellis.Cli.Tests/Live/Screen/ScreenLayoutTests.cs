using Spectre.Console;
using Trellis.Cli.Live;
using Trellis.Cli.Live.Screen;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Engine;

namespace Trellis.Cli.Tests.Live.Screen;

public sealed class ScreenLayoutTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(139, 40)]
    [InlineData(140, 40)]
    [InlineData(160, 50)]
    [InlineData(200, 60)]
    [InlineData(40, 10)]
    [InlineData(10, 3)]
    [InlineData(1, 1)]
    public void Every_line_has_the_width_of_the_screen_and_no_line_is_too_many(int width, int height)
    {
        foreach (var orders in new[] { 0, 1, 3, 200 })
        {
            var lines = Draw(LiveSamples.Status(orders), width, height);

            lines.Count.ShouldBeLessThanOrEqualTo(height);
            lines.ShouldAllBe(line => Cells.Width(line) == width);
        }
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    public void A_usual_terminal_shows_all_parts(int width, int height)
    {
        var text = string.Join('\n', Draw(LiveSamples.Status(), width, height));

        text.ShouldContain(" DRY RUN ");
        text.ShouldContain("equity 10,095.37 USDT");
        text.ShouldContain("grid-btc running    +123.46      -23.40  -4.57    -0.12   6,095.37");
        text.ShouldContain("all                 +123.46      -23.40  -4.57    -0.12  10,095.37");
        text.ShouldContain("BTCUSDT  62,999.9 / 63,000.1  long 0.250  8 open");
        text.ShouldContain("ETHUSDT  3,000.10 / 3,000.20  flat  0 open");
        text.ShouldContain("last fills");
        text.ShouldContain("last alerts");
        text.ShouldContain("journal 12,343 on disk, 2 behind");
        text.ShouldContain("account reconciled 03:03:45");
    }

    [Fact]
    public void A_ladder_stands_around_the_price_with_the_nearest_orders_next_to_it()
    {
        var lines = Draw(LiveSamples.Status(2), 100, 50);

        var price = lines.FindIndex(line => line.Contains("63,000.0  price", StringComparison.Ordinal));
        lines[price - 2].ShouldStartWith("sell 63,200.0    +0.32 %  0.010  open");
        lines[price - 1].ShouldStartWith("sell 63,100.0    +0.16 %");
        lines[price + 1].ShouldStartWith("buy  62,900.0    -0.16 %");
        lines[price + 2].ShouldStartWith("buy  62,800.0    -0.32 %");
    }

    [Fact]
    public void What_has_no_room_is_counted()
    {
        var lines = Draw(LiveSamples.Status(200), 100, 30);

        var shown = lines.Count(line => line.StartsWith("sell", StringComparison.Ordinal));
        shown.ShouldBeGreaterThan(1);
        lines.ShouldContain(line => line.Contains($"… {200 - shown} more higher", StringComparison.Ordinal));
    }

    [Fact]
    public void An_order_that_is_held_or_unknown_says_why()
    {
        var status = LiveSamples.Status(0);
        status = status with
        {
            View = status.View with
            {
                Orders =
                [
                    LiveSamples.Order(0, Side.Buy, 62_000m, 1, OrderState.Unknown, "no answer came"),
                    LiveSamples.Order(0, Side.Buy, 61_000m, 2, OrderState.Planned, "beyond the largest position"),
                ],
            },
        };

        var text = string.Join('\n', Draw(status, 120, 40));

        text.ShouldContain("0 open, 1 UNKNOWN, 1 held");
        text.ShouldContain("unknown       grid-btc 1: no answer came");
        text.ShouldContain("held          grid-btc 2: beyond the largest position");
    }

    [Fact]
    public void What_is_wrong_is_said_in_words()
    {
        var status = LiveSamples.Status();
        status = status with
        {
            StorageTrouble = "disk is full",
            Health = status.Health with { MarketStreamUp = false, UserStreamUp = false, CircuitOpen = true },
            View = status.View with { KilledBy = "ann", Forbidden = "invalid key", Reconciliation = status.View.Reconciliation with { Problem = "1.25 USDT differ" } },
        };

        var text = string.Join('\n', Draw(status, 100, 30));

        text.ShouldContain("KILL SWITCH ON, thrown by ann");
        text.ShouldContain("NOT ALLOWED TO TRADE: invalid key");
        text.ShouldContain("market stream DOWN");
        text.ShouldContain("user stream DOWN");
        text.ShouldContain("circuit OPEN");
        text.ShouldContain("NOT ON DISK since 12,343, 2 behind: disk is full");
        text.ShouldContain("NOT RECONCILED: 1.25 USDT differ");
    }

    [Fact]
    public void Texts_of_others_can_steer_no_terminal_and_tell_no_secret()
    {
        var alert = new ShownAlert(LiveSamples.Now, AlertLevel.Error, "order-refused", 0, "\u001b[2J refused\nfor hunter2secret");
        var facts = LiveSamples.Facts(LiveMode.DryRun, "hunter2secret");

        var text = string.Join('\n', new ScreenLayout(facts).Draw(new ScreenContent(LiveSamples.Status(), [], [alert], LiveSamples.Now, ""), 120, 30).Select(line => line.Text));

        text.ShouldContain("order-refused  grid-btc:  [2J refused for ***");
        text.ShouldNotContain('\u001b');
        text.ShouldNotContain("hunter2secret");
    }

    [Fact]
    public void A_frame_goes_over_the_one_before_and_clears_what_was_longer()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors });

        console.Write(new Frame([new ScreenLine("one", Style.Plain), new ScreenLine("two", Style.Plain)]));

        output.ToString().ShouldBe($"\u001b[Hone\u001b[K{Environment.NewLine}two\u001b[K\u001b[J");
    }

    private static List<string> Draw(EngineStatus status, int width, int height)
    {
        FillBooked[] fills = [.. Enumerable.Range(0, 30).Select(trade => LiveSamples.Fill(trade, trade.ToString()))];
        ShownAlert[] alerts = [.. Enumerable.Range(0, 30).Select(_ => new ShownAlert(LiveSamples.Now, AlertLevel.Warning, "below-minimum", 0, "日本 a text that is longer than what most terminals have room for, so that it has to be cut somewhere"))];
        var content = new ScreenContent(status, fills, alerts, LiveSamples.Now, "");
        return [.. new ScreenLayout(LiveSamples.Facts()).Draw(content, width, height).Select(line => line.Text)];
    }
}
