using Trellis.Core.Trading.Effects;

namespace Trellis.Cli.Live.Screen;

/// <summary>The last fills, latest first.</summary>
internal sealed class FillSection(LiveFacts facts, IReadOnlyList<FillBooked> fills, Amounts amounts) : ISection
{
    public int Least => 2;

    public int Wanted => 1 + Math.Max(1, fills.Count);

    public IReadOnlyList<ScreenLine> Draw(int width, int rows) =>
        [.. new[] { SectionStyle.Title("last fills", width) }.Concat(fills.Count == 0 ? [new ScreenLine("none yet", Palette.Dim)] : fills.Select(Line)).Take(rows)];

    private ScreenLine Line(FillBooked booked)
    {
        var (fill, market) = (booked.Fill, facts.Settings.Markets[booked.Market]);
        return new ScreenLine(LiveWords.Clock(fill.Time), Palette.Dim)
            .Add($"  {Cells.Left(LiveWords.Of(fill.Side), 4)}", Palette.Of(fill.Side))
            .Add($" {facts.ShortName(booked.Market)} {Amounts.Quantity(fill.Quantity, market)} at {Amounts.Price(fill.Price, market)}")
            .Add("  realized ", Palette.Dim)
            .Add(amounts.Signed(booked.Realized), Palette.Of(booked.Realized))
            .Add($"  fee {LiveWords.Exact(decimal.Round(fill.Fee, 8))} {facts.Redaction.Clean(fill.FeeCurrency)}", Palette.Dim)
            .Add($"  {facts.Bot(booked.Bot)} {facts.Redaction.Clean(booked.Slot)}", Palette.Dim);
    }
}

/// <summary>The last alerts and notices, latest first.</summary>
internal sealed class AlertSection(LiveFacts facts, IReadOnlyList<ShownAlert> alerts) : ISection
{
    private const int LevelWidth = 8;

    public int Least => 2;

    public int Wanted => 1 + Math.Max(1, alerts.Count);

    public IReadOnlyList<ScreenLine> Draw(int width, int rows) =>
        [.. new[] { SectionStyle.Title("last alerts", width) }.Concat(alerts.Count == 0 ? [new ScreenLine("none yet", Palette.Dim)] : alerts.Select(alert => Line(facts, alert))).Take(rows)];

    public static ScreenLine Line(LiveFacts facts, ShownAlert alert)
    {
        var bot = facts.Bot(alert.Bot);
        return new ScreenLine(LiveWords.Clock(alert.Time), Palette.Dim)
            .Add("  ")
            .Add(Cells.Left(alert.Level == AlertLevel.Information ? "info" : LiveWords.Of(alert.Level), LevelWidth), Palette.Of(alert.Level))
            .Add($"  {alert.Code}  ", Palette.Bold)
            .Add($"{(bot.Length > 0 ? $"{bot}: " : "")}{facts.Redaction.Clean(alert.Text)}");
    }
}
