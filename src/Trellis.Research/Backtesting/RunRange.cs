using Trellis.Core;

namespace Trellis.Research.Backtesting;

/// <summary>The candles of a run: candle 0 opens at <paramref name="StartTime"/> (Unix milliseconds).</summary>
/// <param name="Count">At least 1.</param>
/// <param name="Interval">Milliseconds.</param>
public readonly record struct RunRange(long StartTime, int Count, long Interval)
{
    public long TimeOf(int candle) => StartTime + (candle * Interval);

    /// <summary>What all instruments have candles for, cut by from and to.</summary>
    /// <exception cref="DataException">Intervals differ, or nothing is left; the message names what each instrument has.</exception>
    public static RunRange Of(BacktestSetup setup)
    {
        var lanes = setup.Bots.SelectMany(bot => bot.Lanes).ToList();
        var interval = lanes[0].Candles.Interval;
        foreach (var lane in lanes)
        {
            if (lane.Candles.Interval != interval)
            {
                throw new DataException($"{lane.Units.Instrument.Id} has candles of {lane.Candles.Interval}, {lanes[0].Units.Instrument.Id} of {interval}; a run needs one interval for all (trellis data resample makes it)");
            }
        }

        var step = interval.Milliseconds;
        var start = lanes.Max(lane => lane.Candles.StartTime);
        var end = lanes.Min(lane => lane.Candles.EndTime);
        if (setup.From is { } from && from > start)
        {
            start += (from - start + step - 1) / step * step;
        }

        if (setup.To is { } to && to < end)
        {
            end = start + ((Math.Max(to, start) - start + step - 1) / step * step);
        }

        if (setup is { From: { } first, To: { } last } && first >= last)
        {
            throw new ConfigurationException($"from {Text(first)} is not before to {Text(last)}; allowed: an instant before to, which is exclusive");
        }

        if (start >= end)
        {
            var has = string.Join("; ", lanes.Select(lane => $"{lane.Units.Instrument.Id} {Text(lane.Candles.StartTime)} to {Text(lane.Candles.EndTime)}"));
            var asked = (setup.From, setup.To) switch
            {
                ({ } begin, { } finish) => $"from {Text(begin)} to {Text(finish)}",
                ({ } begin, null) => $"from {Text(begin)} on",
                (null, { } finish) => $"before {Text(finish)}",
                _ => "that all instruments share",
            };
            throw new DataException($"no candles {asked}; there are: {has}");
        }

        return new RunRange(start, (int)((end - start) / step), step);
    }

    private static string Text(long time) => time is < -62_135_596_800_000 or > 253_402_300_799_999
        ? $"{time} ms"
        : DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm");
}
