using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Simulator.Documents;

namespace Trellis.Simulator.Faults;

/// <summary>Reads changes of an instrument's rules: steps must be whole numbers of what the exchange counts prices and quantities in.</summary>
internal static class RuleSteps
{
    private static readonly RuleChanges Nothing = new(null, null, null, null, null, null);

    /// <param name="instrument">Null where the document names none that is known.</param>
    public static RuleChanges Read(ObjectReader reader, MatchingInstrument? instrument)
    {
        var before = reader.ProblemCount;
        var changes = new RuleChanges(
            reader.Number("tick_size", 0.000000001m, 1_000_000),
            reader.Number("lot_size", 0.000000001m, 1_000_000),
            reader.Number("min_quantity", 0, 1_000_000_000),
            reader.Number("min_notional", 0, 1_000_000_000),
            reader.Number("maker_fee", -0.01m, 0.1m),
            reader.Number("taker_fee", 0, 0.1m));
        if (reader.ProblemCount > before)
        {
            return changes;
        }

        if (changes == Nothing)
        {
            reader.Reject("tick_size", "is missing, and so is every other rule", "at least one of tick_size, lot_size, min_quantity, min_notional, maker_fee, taker_fee");
        }

        if (instrument is not null)
        {
            var units = new InstrumentUnits(instrument.Instrument, instrument.DataDecimals);
            Demand(reader, "tick_size", changes.TickSize, units.ToPrice(1));
            Demand(reader, "lot_size", changes.LotSize, units.ToQuantity(1));
            Demand(reader, "min_quantity", changes.MinQuantity, units.ToQuantity(1));
        }

        return changes;
    }

    private static void Demand(ObjectReader reader, string name, decimal? value, decimal unit)
    {
        if (value is { } step && step % unit != 0)
        {
            reader.Reject(name, "is finer than the exchange counts", string.Create(CultureInfo.InvariantCulture, $"a multiple of {unit}"));
        }
    }
}
