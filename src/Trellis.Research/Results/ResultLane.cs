using Trellis.Core.Markets;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>One bot on one instrument, as entries number them: over all bots in configuration order.</summary>
/// <param name="Bot">Index of the bot.</param>
/// <param name="LaneOfBot">Index of the instrument within the bot.</param>
/// <param name="Offset">Candle of the series that is candle 0 of the run.</param>
internal sealed record ResultLane(int Bot, string BotName, int LaneOfBot, LaneSetup Setup, IStrategy Strategy, int Offset)
{
    public InstrumentUnits Units => Setup.Units;

    public InstrumentId Instrument => Setup.Units.Instrument.Id;

    public ReadOnlyMemory<int> Closes(int count) => Setup.Candles.Close.Slice(Offset, count);

    /// <summary>The stable name of an entry's slot; <c>liquidation</c> or <c>funding</c> where no order was filled.</summary>
    public string SlotName(in RunEntry entry) => entry.Kind switch
    {
        EntryKind.Liquidation => "liquidation",
        EntryKind.Funding => "funding",
        _ => Strategy.SlotName(LaneOfBot, entry.Slot, entry.Cycle),
    };

    /// <summary>Index of each lane's instrument, in order of first use.</summary>
    public static int[] Instruments(IReadOnlyList<ResultLane> lanes)
    {
        var ids = lanes.Select(lane => lane.Instrument).Distinct().ToList();
        return [.. lanes.Select(lane => ids.IndexOf(lane.Instrument))];
    }

    public static IReadOnlyList<ResultLane> Of(BacktestSetup setup, RunOutcome outcome)
    {
        var lanes = new List<ResultLane>();
        for (var bot = 0; bot < setup.Bots.Count; bot++)
        {
            for (var lane = 0; lane < setup.Bots[bot].Lanes.Count; lane++)
            {
                var laneSetup = setup.Bots[bot].Lanes[lane];
                var offset = (int)((outcome.Range.StartTime - laneSetup.Candles.StartTime) / outcome.Range.Interval);
                lanes.Add(new ResultLane(bot, setup.Bots[bot].Name, lane, laneSetup, outcome.Strategies[bot], offset));
            }
        }

        return lanes;
    }
}
