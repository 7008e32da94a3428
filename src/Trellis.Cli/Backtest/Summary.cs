using Spectre.Console;
using Trellis.Core.Numerics;
using Trellis.Data;
using Trellis.Research.Results;

namespace Trellis.Cli.Backtest;

/// <summary>A result on the screen: what was run on which data, what came out, where the files are.</summary>
internal sealed class Summary(IAnsiConsole console, BacktestResult result)
{
    private const int LabelWidth = 14;

    public void Write(string path, Timing timing)
    {
        Head();
        Data();
        console.WriteLine();
        Curve();
        Outcome();
        console.WriteLine();
        console.Write(Money());
        Bots();
        console.WriteLine();
        Line("Result", path);
        Line("Report", Path.Combine(path, Research.Reports.ReportPage.FileName));
        var candles = result.Outcome.Range.Count;
        var perSecond = candles / Math.Max(timing.Run.TotalSeconds, 1e-9);
        Line("Time", $"{timing.Total.TotalSeconds:0.00} s, of which the run {timing.Run.TotalMilliseconds:0.0} ms ({Figures.Short(perSecond)} candles/s)");
    }

    private void Head()
    {
        var bots = result.Bots.Count == 1 ? "1 bot" : $"{result.Bots.Count} bots";
        console.MarkupLine($"[bold]{Markup.Escape(result.Run.Name)}[/]  {bots}, {Figures.Amount(result.Outcome.StartBalance)} {Markup.Escape(result.Currency)}");
        var slippage = result.Setup.Slippage == 0 ? "" : $", slippage {result.Setup.Slippage / 1_000_000m:0.######} %";
        Line("Fill rule", $"candle, {(result.Setup.Optimistic ? "optimistic" : "pessimistic")}{slippage}");
    }

    private void Data()
    {
        var range = result.Outcome.Range;
        foreach (var data in result.Data)
        {
            Line("Data", $"{data.Instrument.Id} {data.Interval}, {TimeText.Of(range.StartTime)} to {TimeText.Of(range.TimeOf(range.Count))}");
            var holes = data.Holes == 0
                ? "no holes"
                : $"{data.Holes:N0} missing, longest {data.LongestHoles[0].Candles:N0} from {TimeText.Of(data.LongestHoles[0].Start)}";
            Line("", $"{range.Count - data.Holes:N0} candles, {holes}");
            if (data.GeneratedBy is { } model)
            {
                Line("", $"GENERATED, not a real market: {model}", "black on yellow");
            }
        }
    }

    private void Curve()
    {
        var line = Sparkline.Of(result.Equity.Points, console.Profile.Width - LabelWidth);
        Line("Equity", line, result.Change.Units < 0 ? "red" : "green");
        Line("", $"{Figures.Amount(result.Outcome.StartBalance)} → {Figures.Amount(result.Outcome.Equity)} {result.Currency}");
    }

    private void Outcome()
    {
        var (outcome, held) = (result.Outcome, result.BuyAndHold);
        Line("Return", $"{Figures.Percent(result.Return)}   buy and hold {Figures.Percent(held.Return)}");
        var drawdown = outcome.MaxDrawdown;
        var when = drawdown.TroughCandle < 0
            ? ""
            : $", {Figures.Date(outcome.Range.TimeOf(drawdown.PeakCandle + 1))} to {Figures.Date(outcome.Range.TimeOf(drawdown.TroughCandle + 1))}";
        Line("Max drawdown", $"{Figures.Share(drawdown.Share)}{when}   buy and hold {Figures.Share(held.Drawdown.Share)}");
        Performance();
        var exposure = result.Equity.Exposure;
        Line("Exposure", $"in the market {Figures.Share(exposure.TimeInMarket)} of the time, {Figures.Share(exposure.MeanOfEquity)} of equity (most {Figures.Share(exposure.MaxOfEquity)})");
        Line("Fills", $"{result.Total.Fills:N0} fills, {result.Pairs:N0} pairs, {Refusals()}");
        if (outcome.LiquidatedAt is { } candle)
        {
            Line("LIQUIDATED", $"at {TimeText.Of(outcome.Range.TimeOf(candle))}: the margin was gone and every position was closed", "bold red");
        }
    }

    private void Performance()
    {
        var metrics = result.Equity.Metrics;
        var yearly = metrics.AnnualizedReturn is { } rate ? $"{Figures.Percent(rate)} a year, " : "";
        Line("Performance", $"{yearly}Sharpe {Figures.Ratio(metrics.Daily.Sharpe)}, Sortino {Figures.Ratio(metrics.Daily.Sortino)}, Calmar {Figures.Ratio(metrics.Calmar)}");
        var trades = metrics.Trades;
        Line("Trades", trades.Count == 0
            ? "none closed"
            : $"{trades.Count:N0} closed, {Figures.Share(trades.WinRate!.Value)} won, profit factor {Figures.Ratio(trades.ProfitFactor)}, {metrics.RoundTrips.Count:N0} round trips");
    }

    private string Refusals() => result.Outcome.Refusals == 0 ? "no refusals" : $"{result.Outcome.Refusals:N0} refusals (the wallet, or the tiers of its leverage, could not carry the order; each candle's try counts)";

    private Table Money()
    {
        var table = new Table().Border(TableBorder.Simple).HideHeaders();
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("").NoWrap());
        Row("Matched", result.Matched, "gross profit of completed pairs");
        Row("Floating", result.Floating, "what is open, and what was closed outside a pair");
        Row("Fees", result.Total.Fees, "");
        Row("Funding", result.Total.Funding, result.Total.FundingPayments == 0 ? "no payments" : $"{result.Total.FundingPayments:N0} payments");
        table.AddEmptyRow();
        Row("Change", result.Change, "of equity: the sum, to the last decimal");
        return table;

        void Row(string label, Money amount, string note) => table.AddRow(
            new Text(label),
            new Text($"{Figures.Signed(amount)} {result.Currency}", amount.Units < 0 ? new Style(Color.Red) : Style.Plain),
            new Text(note, new Style(decoration: Decoration.Dim)));
    }

    private void Bots()
    {
        foreach (var bot in result.Bots)
        {
            Line("Bot", $"{bot.Name} on {string.Join(", ", bot.Instruments)}: {bot.Report.State}");
            foreach (var (label, value) in bot.Report.Notes)
            {
                Line("", $"{label}: {value}");
            }
        }

        foreach (var position in result.Positions)
        {
            var side = position.Quantity < 0 ? "short" : "long";
            Line("Position", $"{position.Bot}: {side} {Math.Abs(position.Quantity)} at {Figures.Price(position.EntryPrice)}, unrealized {Figures.Signed(position.Unrealized)}");
        }
    }

    private void Line(string label, string text, string? style = null)
    {
        foreach (var line in Wrapping.Lines(text, console.Profile.Width - LabelWidth))
        {
            console.Write(new Text(label.PadRight(LabelWidth), new Style(decoration: style is null ? Decoration.Dim : Decoration.Bold)));
            console.Write(new Text(line + "\n", style is null ? Style.Plain : Style.Parse(style)));
            label = "";
        }
    }
}
