using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>Replays the changes of levels: they are numbered without gaps and give the book.</summary>
internal sealed class LevelAudit(MatchingEngine engine)
{
    private readonly SortedDictionary<decimal, decimal>[] bids = [.. engine.Instruments.Select(_ => new SortedDictionary<decimal, decimal>())];
    private readonly SortedDictionary<decimal, decimal>[] asks = [.. engine.Instruments.Select(_ => new SortedDictionary<decimal, decimal>())];
    private readonly long[] updateIds = [.. engine.Instruments.Select((_, instrument) => engine.LastUpdateId(instrument))];

    public void Check()
    {
        foreach (var change in engine.LevelChanges)
        {
            change.UpdateId.ShouldBe(++updateIds[change.Instrument], $"update ids of instrument {change.Instrument}");
            var side = Side(change.Instrument, change.Side);
            change.Quantity.ShouldBeGreaterThanOrEqualTo(0m);
            if (change.Quantity == 0)
            {
                side.Remove(change.Price);
            }
            else
            {
                side[change.Price] = change.Quantity;
            }
        }

        for (var instrument = 0; instrument < updateIds.Length; instrument++)
        {
            engine.LastUpdateId(instrument).ShouldBe(updateIds[instrument]);
            if (bids[instrument].Count > 0 && asks[instrument].Count > 0)
            {
                bids[instrument].Last().Key.ShouldBeLessThan(asks[instrument].First().Key, $"book of instrument {instrument} is crossed");
            }
        }
    }

    public void CheckBooks()
    {
        for (var instrument = 0; instrument < updateIds.Length; instrument++)
        {
            foreach (var side in (Side[])[Core.Orders.Side.Buy, Core.Orders.Side.Sell])
            {
                var expected = Side(instrument, side).Select(level => new QuoteLevel(level.Key, level.Value));
                engine.Levels(instrument, side, int.MaxValue).ShouldBe(side == Core.Orders.Side.Buy ? expected.Reverse() : expected, $"{side} levels of instrument {instrument}");
            }
        }
    }

    private SortedDictionary<decimal, decimal> Side(int instrument, Side side) => (side == Core.Orders.Side.Buy ? bids : asks)[instrument];
}
