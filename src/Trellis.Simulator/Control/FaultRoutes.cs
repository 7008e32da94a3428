using Microsoft.AspNetCore.Http;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Control;

/// <summary>Lets things go wrong.</summary>
internal static class FaultRoutes
{
    private const long LongestSkew = 86_400_000;

    /// <summary>Seconds: three days.</summary>
    private const long LongestBan = 3 * 86_400;

    public static IEnumerable<ControlRoute> Of(ControlContext context)
    {
        var exchange = new ExchangeFaults(context.Exchange, context.Driver.Plan.Instruments);
        return
        [
            ControlRoute.Now("GET", "/sim/faults", request =>
            {
                request.ReadNothing();
                return new { faults = StateRoutes.Faults(context) };
            }),
            ControlRoute.Now("POST", "/sim/faults", request => new { ids = context.Faults.Add(request.Body), faults = StateRoutes.Faults(context) }),
            ControlRoute.Now("DELETE", "/sim/faults", request => Remove(context, request, null)),
            ControlRoute.Now("DELETE", "/sim/faults/{id}", request => Remove(context, request, request.Arguments[0])),
            ControlRoute.Now("POST", "/sim/streams/close", request =>
            {
                var onlyUsers = request.Read(reader => reader.Choice("streams", ["all", "user"])) == "user";
                context.Faults.Signal(onlyUsers ? FaultSignal.CloseUserStreams : FaultSignal.CloseAllStreams);
                return new { closed = onlyUsers ? "user" : "all" };
            }),
            ControlRoute.Now("POST", "/sim/user-streams/expire", request =>
            {
                request.ReadNothing();
                context.Faults.Signal(FaultSignal.ExpireUserStreams);
                return new { expired = true };
            }),
            ControlRoute.Now("POST", "/sim/skew", request =>
            {
                context.Faults.Skew(request.Read(reader => reader.Whole("milliseconds", -LongestSkew, LongestSkew, required: true))!.Value);
                return new { clock_skew_milliseconds = context.Faults.ClockSkew, wire_time = context.Clock.WireTime };
            }),
            ControlRoute.Now("POST", "/sim/maintenance", request =>
            {
                context.Faults.Maintain(request.Read(reader => reader.Flag("on", required: true))!.Value);
                return new { maintenance = context.Faults.InMaintenance };
            }),
            ControlRoute.Now("POST", "/sim/ban", request =>
            {
                var seconds = request.Read(reader => reader.Whole("seconds", 0, LongestBan, required: true))!.Value;
                context.Faults.Ban(seconds == 0 ? 0 : context.Clock.WireTime - context.Faults.ClockSkew + (seconds * 1_000));
                return new { banned_until = context.Faults.BannedUntil };
            }),
            ControlRoute.Now("POST", "/sim/keys", request =>
            {
                context.Faults.Withdraw(!request.Read(reader => reader.Flag("accepted", required: true))!.Value);
                return new { accepted = !context.Faults.KeysAreWithdrawn };
            }),
            ControlRoute.Now("POST", "/sim/halt", request =>
            {
                var (instrument, halted) = request.Read(reader => (MarketRoutes.Instrument(context, reader, required: false), reader.Flag("halted", required: true)));
                var symbol = instrument is { } index ? context.Driver.Plan.Instruments[index].Instrument.Id.Symbol : null;
                exchange.Halt(symbol, halted!.Value);
                return new { instrument = symbol ?? "all", halted };
            }),
            ControlRoute.Now("POST", "/sim/rules", request => Rules(context, exchange, request)),
            ControlRoute.Now("POST", "/sim/partial-fills", request =>
            {
                var parts = (int)request.Read(reader => reader.Whole("parts", 1, 1_000, required: true))!.Value;
                exchange.Split(parts);
                return new { parts };
            }),
        ];
    }

    private static object Remove(ControlContext context, ControlRequest request, string? id)
    {
        request.ReadNothing();
        var ids = context.Faults.Status.Select(fault => fault.Id).ToList();
        var removed = context.Faults.Remove(id);
        return removed > 0 || id is null
            ? new { removed }
            : throw new ControlException(StatusCodes.Status404NotFound, $"there is no fault {id}", "id", id, ids.Count == 0 ? "there are no faults" : string.Join(", ", ids));
    }

    private static object Rules(ControlContext context, ExchangeFaults exchange, ControlRequest request)
    {
        var (instrument, changes) = request.Read(reader =>
        {
            var index = MarketRoutes.Instrument(context, reader, required: true);
            return (index, RuleSteps.Read(reader, index is { } known ? context.Driver.Plan.Instruments[known] : null));
        });
        var symbol = context.Driver.Plan.Instruments[instrument!.Value].Instrument.Id.Symbol;
        exchange.Change(symbol, changes);
        var rules = exchange.RulesOf(symbol);
        return new
        {
            instrument = symbol,
            tick_size = rules.TickSize,
            lot_size = rules.LotSize,
            min_quantity = rules.MinQuantity,
            min_notional = rules.MinNotional,
            maker_fee = rules.MakerFee,
            taker_fee = rules.TakerFee,
        };
    }
}
