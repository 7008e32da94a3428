using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Fuzz;

internal sealed record RandomPlanOptions
{
    public required ulong Seed { get; init; }

    public bool HedgeMode { get; init; }

    /// <summary>Typical notional of an order, in quote currency.</summary>
    public required decimal Notional { get; init; }

}

/// <summary>
/// Plans at random, but by the law: it changes its mind at a fill and when a condition that it stated is met, and
/// then as a function of what it has been through. Between, it states the same again.
/// </summary>
internal sealed class RandomPlanStrategy(RandomPlanOptions options) : IStrategy
{
    private readonly Dictionary<int, RandomLane> lanes = [];
    private readonly DeterministicDice dice = new(options.Seed);
    private bool started;
    private int changesOfMind;

    public int SlotCount(int lane) => 4 + (int)((options.Seed + (ulong)lane) % 9);

    public LaneColumns? Prepare(int lane, CandleSeries candles, InstrumentUnits units)
    {
        var made = new RandomLane(candles, units, options, lane);
        lanes[lane] = made;
        return made.Columns;
    }

    public void Decide(DecisionContext context)
    {
        var changesItsMind = !started || context.HasFills;
        for (var i = 0; i < context.Lanes.Count; i++)
        {
            changesItsMind |= lanes[i].IsWoken(context.Lanes[i], context.Time);
        }

        if (changesItsMind)
        {
            started = true;
            changesOfMind++;
            foreach (var fill in context.Fills)
            {
                dice.Mix((ulong)((fill.Lane * 1_000_003) + (fill.Slot * 7919)) ^ (ulong)fill.Price ^ ((ulong)fill.NetQuantity << 20));
            }

            dice.Mix((ulong)context.WalletBalance.Units ^ (ulong)context.Time);
            for (var i = 0; i < context.Lanes.Count; i++)
            {
                lanes[i].ChangeMind(context.Lanes[i], dice, context.Time);
            }
        }

        for (var i = 0; i < context.Lanes.Count; i++)
        {
            lanes[i].StateWakes(context.Lanes[i].Plan);
        }
    }

    public string SlotName(int lane, int slot, int cycle) => $"s{slot}";

    public StrategyReport Report() => new()
    {
        Pairs = changesOfMind,
        Notes = [KeyValuePair.Create("state", dice.State.ToString(CultureInfo.InvariantCulture))],
    };
}

/// <summary>A generator whose state is part of a strategy's state.</summary>
internal sealed class DeterministicDice(ulong seed)
{
    public ulong State { get; private set; } = seed;

    public void Mix(ulong value)
    {
        State ^= value;
        Next(2);
    }

    public int Next(int below)
    {
        State += 0x9E3779B97F4A7C15;
        var mixed = State;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)below);
    }

    public bool Chance(int percent) => Next(100) < percent;
}
