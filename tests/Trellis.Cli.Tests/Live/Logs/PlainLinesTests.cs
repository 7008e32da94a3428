using Trellis.Cli.Live;
using Trellis.Cli.Live.Logs;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Tests.Live.Logs;

public sealed class PlainLinesTests
{
    private const string Time = "2026-01-02T03:04:05.678Z ";
    private const string Order = $"grid-btc binance/perp/BTCUSDT buy 0.01 at 62900 post-only, slot 7, id {LiveSamples.Id}";

    public static TheoryData<string, string> OrderLines => new()
    {
        { nameof(OrderState.Submitting), $"order sent: {Order}" },
        { nameof(OrderState.Open), $"order open: {Order}" },
        { nameof(OrderState.Untriggered), $"order waiting: {Order}" },
        { nameof(OrderState.Filled), $"order filled: {Order}" },
        { nameof(OrderState.Canceled), $"order cancelled: {Order}" },
        { nameof(OrderState.Rejected), $"order rejected: {Order}" },
        { nameof(OrderState.Expired), $"order expired: {Order}" },
        { nameof(OrderState.Unknown), $"order unknown: {Order}" },
    };

    [Theory]
    [MemberData(nameof(OrderLines))]
    public async Task An_order_that_changes_its_state_is_a_line(string state, string expected) =>
        (await Lines(new OrderStateChanged(LiveSamples.Order(0, Side.Buy, 62_900m, 7, Enum.Parse<OrderState>(state))))).ShouldBe([Time + expected]);

    [Fact]
    public async Task An_order_that_is_only_confirmed_is_no_news()
    {
        var open = new OrderStateChanged(LiveSamples.Order(0, Side.Buy, 62_900m, 7));

        (await Lines(open, open)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_fill_tells_price_quantity_fee_and_profit() => (await Lines(LiveSamples.Fill())).ShouldBe(
        [$"{Time}fill: grid-btc binance/perp/BTCUSDT sell 0.01 at 63100.5, fee 0.126201 USDT, realized 1.23 USDT, slot cell 7 exit, trade 7001, order 555"]);

    [Fact]
    public async Task Bots_and_alerts_are_lines() =>
        (await Lines(
            new BotStateChanged(1, BotState.Paused, "paused by ann"),
            new Alert(AlertLevel.Warning, "limits", 0, "two orders are held back"),
            new Alert(AlertLevel.Critical, "kill-switch", -1, "thrown by ann"))).ShouldBe(
        [
            $"{Time}bot paused: dca-eth, paused by ann",
            $"{Time}alert warning limits: grid-btc: two orders are held back",
            $"{Time}alert critical kill-switch: thrown by ann",
        ]);

    public static TheoryData<TradingInput, string> Commands => new()
    {
        { new BotCommand(LiveSamples.Now, 0, BotCommandKind.Stop, true, "ann"), "command by ann: stop grid-btc and close its position" },
        { new KillSwitched(LiveSamples.Now, true, true, "ann"), "command by ann: kill switch on, positions closed" },
        { new KillSwitched(LiveSamples.Now, false, false, "ann"), "command by ann: kill switch off" },
        { new OrderAdopted(LiveSamples.Now, "abc", "ann"), "command by ann: adopt order abc" },
        { new Started(LiveSamples.Now, "trellis 0.1.0; .NET 10"), "started: DRY RUN on binance, account main, trellis 0.1.0; .NET 10, configuration c0ffee" },
        { new Stopping(LiveSamples.Now, true), "stopping: open orders are cancelled" },
        { new Stopping(LiveSamples.Now, false), "stopping: open orders stay" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Commands_are_lines_with_who_gave_them(TradingInput input, string expected)
    {
        using var output = new StringWriter();
        await using (var lines = new PlainLines(output, LiveSamples.Facts(), TimeProvider.System))
        {
            lines.Happened(1, input, []);
        }

        output.ToString().TrimEnd().ShouldBe(Time + expected);
    }

    [Fact]
    public async Task Notices_are_lines_and_what_others_wrote_stays_in_one_line_without_secrets()
    {
        using var output = new StringWriter();
        await using (var lines = new PlainLines(output, LiveSamples.Facts(LiveMode.DryRun, "hunter2secret"), TimeProvider.System))
        {
            lines.Noticed(new EngineNotice(LiveSamples.Now, AlertLevel.Error, "stream-failed", "lost:\nhunter2secret"));
        }

        output.ToString().TrimEnd().ShouldBe($"{Time}notice error stream-failed: lost: ***");
    }

    [Fact]
    public async Task A_reader_that_has_gone_away_disturbs_nobody()
    {
        var lines = new PlainLines(new ClosedPipe(), LiveSamples.Facts(), TimeProvider.System);

        lines.Happened(1, new TimePassed(LiveSamples.Now), [LiveSamples.Fill(), LiveSamples.Fill()]);

        await Should.NotThrowAsync(async () => await lines.DisposeAsync());
    }

    private static async Task<IReadOnlyList<string>> Lines(params TradingEffect[] effects)
    {
        using var output = new StringWriter();
        await using (var lines = new PlainLines(output, LiveSamples.Facts(), TimeProvider.System))
        {
            lines.Happened(1, new TimePassed(LiveSamples.Now), effects);
        }

        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => throw new IOException("broken pipe");
    }
}
