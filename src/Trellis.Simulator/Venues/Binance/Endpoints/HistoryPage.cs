using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Which part of a history is wanted.</summary>
internal sealed record HistoryPage(long? From, long? To, int Limit)
{
    /// <summary>The longest span of startTime to endTime: 7 days, in milliseconds.</summary>
    private const long LongestWindow = 7 * 86_400_000L;

    public static HistoryPage Read(Parameters parameters, int usual, int most)
    {
        var (from, to) = parameters.Window();
        if (to - from > LongestWindow)
        {
            throw new RequestRefusedException(RequestErrors.WindowTooLong);
        }

        return new HistoryPage(from, to, parameters.Limit(usual, most));
    }

    /// <summary>
    /// Entries within the window, oldest first: the first ones where a beginning is given, be it a time or an id, and else the last ones.
    /// </summary>
    public IReadOnlyList<T> Take<T>(IReadOnlyList<T> all, Func<T, long> time, Func<T, long> id, long? firstId)
    {
        var found = all.Where(entry =>
            (From is null || time(entry) >= From) && (To is null || time(entry) <= To) && (firstId is null || id(entry) >= firstId));
        return [.. From is null && firstId is null ? found.TakeLast(Limit) : found.Take(Limit)];
    }
}
