using Trellis.Core.Trading.Effects;
using Trellis.Engine.Observing;

namespace Trellis.Engine;

/// <summary>Looks once a second after what tells no news by itself: the exchange's clock, the journal, the limits.</summary>
internal sealed class Watch(EngineSetup setup, EngineClock clock, Observers observers) : IDisposable
{
    private const long LargestClockOffset = 1_000;
    private const double NearLimit = 90;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private ITimer? timer;

    public void Begin() => timer = setup.Time.CreateTimer(_ => Look(), null, Every, Every);

    public void Dispose() => timer?.Dispose();

    private void Look()
    {
        var health = setup.Adapter.Health;
        clock.Offset = health.ClockOffset;
        Say(Math.Abs(health.ClockOffset) > LargestClockOffset, "clock-offset", "clock-in-step", $"this machine's clock is {health.ClockOffset} ms off the exchange's; requests are stamped by the exchange's", "the clock agrees with the exchange's again");
        var isBanned = health.BannedUntil > 0;
        Say(isBanned, "banned", "ban-over", $"the exchange has banned this address until {DateTimeOffset.FromUnixTimeMilliseconds(health.BannedUntil):yyyy-MM-dd'T'HH:mm:ss'Z'}; nothing is sent until then", "the ban is over, requests are sent again");
        Say(health.CircuitOpen && !isBanned, "circuit-open", "circuit-closed", "the exchange fails or refuses; nothing but cancels is sent for a while", "requests are sent again");
        Say(health.UsedWeightPercent > NearLimit, "limit-near", "limit-far", $"{health.UsedWeightPercent:0} % of the exchange's request limit is used", "the request limit is far again");
        var trouble = setup.Journal.Trouble;
        Say(trouble is not null, "storage-trouble", "storage-recovered", $"{trouble?.Message}; nothing that adds risk is sent until it is on disk", "the journal is on disk again");
    }

    private void Say(bool isSo, string code, string endCode, string text, string endText)
    {
        if (isSo)
        {
            observers.NoticeOnce(AlertLevel.Warning, code, text);
        }
        else
        {
            observers.Settled(code, endCode, endText);
        }
    }
}
