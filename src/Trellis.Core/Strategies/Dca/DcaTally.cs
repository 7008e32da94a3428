using System.Globalization;

namespace Trellis.Core.Strategies.Dca;

/// <summary>What a bot's completed deals were like.</summary>
internal sealed class DcaTally
{
    private long begun;
    private long totalTime;
    private long longestTime;
    private int stopLosses;
    private long safetyOrders;
    private int mostSafetyOrders;

    public int Deals { get; private set; }

    /// <param name="time">The close at which the base order's fill was told, Unix milliseconds.</param>
    public void Begin(long time) => begun = time;

    /// <param name="time">The close at which the closing fill was told, Unix milliseconds.</param>
    /// <param name="byStopLoss">Whether a stop loss ended it.</param>
    /// <param name="filled">How many safety orders it used.</param>
    public void End(long time, bool byStopLoss, int filled)
    {
        Deals++;
        stopLosses += byStopLoss ? 1 : 0;
        totalTime += time - begun;
        longestTime = Math.Max(longestTime, time - begun);
        safetyOrders += filled;
        mostSafetyOrders = Math.Max(mostSafetyOrders, filled);
    }

    public void AddNotes(List<KeyValuePair<string, string>> notes)
    {
        if (Deals == 0)
        {
            return;
        }

        notes.Add(new("deals", string.Create(CultureInfo.InvariantCulture, $"{Deals} completed: {Deals - stopLosses} by take profit, {stopLosses} by stop loss")));
        notes.Add(new("deal time", $"{Duration(totalTime / Deals)} on average, longest {Duration(longestTime)}"));
        notes.Add(new("safety orders", string.Create(CultureInfo.InvariantCulture, $"{(decimal)safetyOrders / Deals:0.00} a deal on average, most {mostSafetyOrders}")));
    }

    private static string Duration(long milliseconds)
    {
        var (minutes, rest) = Math.DivRem(milliseconds, 60_000);
        var (days, hours) = (minutes / 1_440, minutes / 60 % 24);
        return days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{days} d {hours} h")
            : hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours} h {minutes % 60} min")
            : minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{rest / 1_000} s");
    }
}
