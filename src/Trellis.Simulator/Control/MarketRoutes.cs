using Microsoft.AspNetCore.Http;
using Trellis.Simulator.Documents;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Control;

/// <summary>Moves the market's time and prices.</summary>
internal static class MarketRoutes
{
    private const int MostCandles = 100_000;

    public static IEnumerable<ControlRoute> Of(ControlContext context) =>
    [
        ControlRoute.Now("POST", "/sim/pause", request => Done(context, request, context.Driver.Pause)),
        ControlRoute.Now("POST", "/sim/resume", request => Done(context, request, context.Driver.Resume)),
        new("POST", "/sim/step", request => StepAsync(context, request)),
        ControlRoute.Now("POST", "/sim/speed", request => Speed(context, request)),
        ControlRoute.Now("POST", "/sim/price", request => Price(context, request)),
    ];

    /// <summary>The index of an instrument that a request names.</summary>
    public static int? Instrument(ControlContext context, ObjectReader reader, bool required) =>
        reader.Choice("instrument", [.. context.Driver.Plan.Instruments.Select(instrument => instrument.Instrument.Id.Symbol)], required) is { } symbol
            ? context.Driver.Plan.IndexOf(symbol)
            : null;

    private static object Done(ControlContext context, ControlRequest request, Action action)
    {
        request.ReadNothing();
        action();
        return Where(context);
    }

    private static async ValueTask<object> StepAsync(ControlContext context, ControlRequest request)
    {
        var candles = request.Read(reader => (int)(reader.Whole("candles", 1, MostCandles) ?? 1));
        var passed = await context.Driver.StepAsync(candles, request.Aborted);
        return new { passed, market = Where(context) };
    }

    private static object Speed(ControlContext context, ControlRequest request)
    {
        var text = request.Read(reader => reader.Text("speed", required: true))!;
        if (!MarketSpeed.TryParse(text, out var speed))
        {
            throw new ControlException(StatusCodes.Status400BadRequest, "speed is not known", "speed", text, MarketSpeed.Allowed);
        }

        context.Driver.SetSpeed(speed);
        return Where(context);
    }

    private static object Price(ControlContext context, ControlRequest request)
    {
        var (instrument, price) = request.Read(reader =>
        {
            var index = Instrument(context, reader, required: true);
            var definition = index is { } known ? context.Driver.Plan.Instruments[known] : null;
            var most = definition is { MaxPrice: > 0 } ? definition.MaxPrice : 1_000_000_000m;
            return (index, reader.Number("price", definition?.MinPrice ?? 0, most, required: true));
        });
        var moved = context.Driver.MoveTo(instrument!.Value, price!.Value);
        return new { instrument = context.Driver.Plan.Instruments[instrument.Value].Instrument.Id.Symbol, price = moved, market = Where(context) };
    }

    private static object Where(ControlContext context)
    {
        var status = context.Driver.Status;
        return new { market_time = status.Time, speed = status.Speed.ToString(), paused = status.IsPaused, candle_open = status.CandleOpen, candles_passed = status.CandlesPassed, end_of_data = status.EndOfData };
    }
}
