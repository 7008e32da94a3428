using Trellis.Core.Matching;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Control;

/// <summary>Shows what the simulator is doing.</summary>
internal static class StateRoutes
{
    public static IEnumerable<ControlRoute> Of(ControlContext context) =>
    [
        ControlRoute.Now("GET", "/sim/state", request =>
        {
            request.ReadNothing();
            return State(context);
        }),
    ];

    /// <summary>Times are Unix milliseconds.</summary>
    public static object State(ControlContext context)
    {
        var status = context.Driver.Status;
        return new
        {
            market_time = status.Time,
            wire_time = context.Clock.WireTime,
            speed = status.Speed.ToString(),
            paused = status.IsPaused,
            candle_open = status.CandleOpen,
            candle_milliseconds = context.Driver.Plan.Interval.Milliseconds,
            candles_passed = status.CandlesPassed,
            end_of_data = status.EndOfData,
            fill_rule = context.Driver.Plan.Options.FillRule == FillRule.Book ? "book" : "candle",
            instruments = context.Driver.Plan.Instruments.Select((instrument, i) => Instrument(context, instrument.Instrument.Id.Symbol, i)).ToList(),
            accounts = context.Accounts.Keys.ToList(),
            faults = Faults(context),
            clock_skew_milliseconds = context.Faults.ClockSkew,
            limit_factor = context.Faults.LimitFactor,
            maintenance = context.Faults.InMaintenance,
            connections = new
            {
                open = context.Activity.Connections,
                user_streams = context.Activity.UserStreams,
                requests_in_flight = context.Activity.RequestsInFlight,
                queued_messages = context.Activity.QueuedFrames,
            },
        };
    }

    public static IReadOnlyList<object> Faults(ControlContext context) => [.. context.Faults.Status.Select(fault => new
    {
        id = fault.Id,
        kind = fault.Kind.Name(),
        state = fault.State.ToString().ToLowerInvariant(),
        requests = fault.Requests,
        fired = fault.Fired,
    })];

    private static object Instrument(ControlContext context, string symbol, int index)
    {
        var (last, mark, indexPrice, halted) = context.Exchange.Read(engine => (engine.LastPrice(index), engine.MarkPrice(index), engine.IndexPrice(index), engine.IsHalted(index)));
        var funding = context.MarketData.Mark(index);
        return new
        {
            symbol,
            last_price = last,
            mark_price = mark,
            index_price = indexPrice,
            halted,
            funding_rate = funding.FundingRate,
            next_funding_time = funding.NextFundingTime,
        };
    }
}
