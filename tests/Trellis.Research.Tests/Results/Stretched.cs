using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Results;

/// <summary>Random backtests of minutes, stretched to candles of hours: the same fills over months.</summary>
internal static class Stretched
{
    private static readonly string[] Lengths = ["1m", "1h", "6h", "12h", "1d"];

    public static IEnumerable<BacktestSetup> Of(int count) => RandomSetups.Of(count).Select((setup, index) => Of(setup, Interval.Parse(Lengths[index % Lengths.Length]))).Where(Runs);

    /// <summary>A dated rule may come into force at another candle of a stretched run and a bot be refused for it, or a timeframe be shorter than the candles.</summary>
    private static bool Runs(BacktestSetup setup)
    {
        try
        {
            new BacktestRun(setup, Engine.Plain).Finish();
            return true;
        }
        catch (TrellisException)
        {
            return false;
        }
    }

    private static BacktestSetup Of(BacktestSetup setup, Interval interval)
    {
        var factor = interval.Milliseconds / 60_000;
        var origin = setup.Bots[0].Lanes[0].Candles.StartTime;
        long? Time(long? time) => time is { } given ? Map(given) : null;
        long Map(long time) => ((origin / 86_400_000) * 86_400_000) + ((time - origin) * factor);
        return setup with
        {
            From = Time(setup.From),
            To = Time(setup.To),
            Bots = [.. setup.Bots.Select(bot => bot with
            {
                Lanes = [.. bot.Lanes.Select(lane => lane with
                {
                    Candles = Of(lane.Candles, interval, Map(lane.Candles.StartTime)),
                    Funding = [.. lane.Funding.Select(rate => rate with { Time = Map(rate.Time) })],
                })],
            })],
        };
    }

    private static CandleSeries Of(CandleSeries candles, Interval interval, long start) => new()
    {
        Instrument = candles.Instrument,
        Interval = interval,
        StartTime = start,
        PriceDecimals = candles.PriceDecimals,
        Open = candles.Open,
        High = candles.High,
        Low = candles.Low,
        Close = candles.Close,
        Fingerprint = candles.Fingerprint,
    };
}
