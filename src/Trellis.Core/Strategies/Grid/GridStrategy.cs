using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>The grid bot of docs/strategies/grid.md.</summary>
public sealed class GridStrategy : IStrategy
{
    private readonly GridOptions options;
    private readonly bool hedgeMode;
    private readonly GridNames names;
    private readonly GridSlots slots;
    private readonly StartTrigger start;
    private GridState state = GridState.Waiting;
    private string stopReason = "";

    /// <summary>Of the rules at the start, as everything in a grid: rules that change later must not change a plan by themselves.</summary>
    private long lot;
    private GridWindow? window;
    private GridExits? exits;

    /// <param name="options">Checked: see <see cref="GridCheck"/>.</param>
    /// <param name="hedgeMode">Whether orders name the long or the short position.</param>
    public GridStrategy(GridOptions options, bool hedgeMode)
    {
        this.options = options;
        this.hedgeMode = hedgeMode;
        slots = new GridSlots(options.Grids ?? (2 * options.Levels.GetValueOrDefault()));
        names = new GridNames(slots);
        start = new StartTrigger(options.StartPrice);
    }

    public int SlotCount(int lane) => slots.Count;

    public string SlotName(int lane, int slot, int cycle) => names.Of(slot, cycle);

    public StrategyReport Report() => window is null
        ? new StrategyReport { State = "waiting for the start price" }
        : new StrategyReport
        {
            Matched = window.Matched,
            Pairs = window.Pairs,
            State = state == GridState.Stopped ? $"stopped: {stopReason}" : "running",
            Notes = window.Notes(),
            Levels = [.. window.Levels(), .. GridExits.Levels(options)],
        };

    public void Decide(DecisionContext context)
    {
        var lane = context.Lane;
        if (state == GridState.Waiting && !TryStart(context, lane))
        {
            return;
        }

        foreach (ref readonly var fill in context.Fills)
        {
            if (slots.IsExitOfAll(fill.Slot))
            {
                Stop(lane, fill.Slot == slots.TakeProfit ? "take profit" : fill.Slot == slots.StopLoss ? "stop loss" : stopReason);
            }
            else
            {
                window!.Take(lane, fill);
            }
        }

        if (state == GridState.Running && exits!.Any && !lane.IsCloseOld && exits.ReasonToStop(lane) is { } reason)
        {
            Stop(lane, reason);
        }

        if (state == GridState.Stopped)
        {
            RemoveOrdersOfTheGrid(lane);
            CloseWhatIsLeft(lane);
            return;
        }

        if (window!.Moves)
        {
            window.Shift(lane);
        }

        if (exits!.Any)
        {
            exits.Plan(lane);
        }

        if (window.Moves)
        {
            window.PlanWakes(lane);
        }
    }

    private bool TryStart(DecisionContext context, StrategyLane lane)
    {
        if (!start.IsMet(lane))
        {
            return false;
        }

        var wallet = context.WalletBalance.ToDecimal();
        var startPrice = lane.Units.ToPrice(lane.Close);
        var lines = GridLines.Create(options, lane.Units, lane.Rules, startPrice);
        GridLadder? ladder = null;
        IReadOnlyList<StrategyProblem> problems;
        if (GridCheck.ProblemOfLines(options, lane.Units, lane.Rules, lines) is { } problem)
        {
            problems = [problem];
        }
        else
        {
            ladder = new GridLadder(options, lane.Units, lane.Rules, lines, wallet, lane.Close);
            problems = GridCheck.Problems(options, lane.Units, lane.Rules, wallet, lines, ladder);
        }

        if (problems.Count > 0 || ladder is null)
        {
            throw new ConfigurationException(string.Join(
                '\n',
                problems.Select(each => $"{lane.Units.Instrument.Id}, grid at the start price {startPrice}: {each.Key}: {each.Message}")));
        }

        window = new GridWindow(options, hedgeMode, lines, ladder, slots, names, lane);
        exits = new GridExits(options, hedgeMode, slots, Money.FromDecimal(ladder.Investment), lane.Units);
        window.Start(lane);
        lot = lane.Units.LotOf(lane.Rules);
        state = GridState.Running;
        return true;
    }

    private void Stop(StrategyLane lane, string reason)
    {
        if (state == GridState.Stopped)
        {
            return;
        }

        state = GridState.Stopped;
        stopReason = reason;
        lane.Plan.Clear();
    }

    /// <summary>Fills that came behind the stop in the same candle have planned their cells anew: nothing but closing orders may stay.</summary>
    private void RemoveOrdersOfTheGrid(StrategyLane lane)
    {
        for (var slot = 0; slot < slots.CloseLong; slot++)
        {
            lane.Plan.Remove(slot);
        }
    }

    /// <summary>What a stop did not close itself goes at market: fills that came with it, or all of it after a stop at a close.</summary>
    private void CloseWhatIsLeft(StrategyLane lane)
    {
        if (options.OnStop == InventoryOnStop.Keep)
        {
            return;
        }

        PlanClose(lane, slots.CloseLong, 1, lane.LongPosition);
        PlanClose(lane, slots.CloseShort, -1, lane.ShortPosition);
    }

    private void PlanClose(StrategyLane lane, int slot, int direction, long position)
    {
        // Dust on spot is less than a lot: no exchange takes an order for it. A later change of the lot wakes nobody, so the first one counts.
        if (position < lot)
        {
            lane.Plan.Remove(slot);
            return;
        }

        lane.Plan.Set(slot, new PlannedOrder
        {
            Side = Sides.FromSign(-direction),
            Kind = OrderKind.Market,
            PositionSide = hedgeMode ? (PositionSide)direction : PositionSide.Net,
            Instructions = OrderInstructions.ReduceOnly,
            Quantity = position / lot * lot,
        });
    }
}

internal enum GridState
{
    Waiting,
    Running,
    Stopped,
}

/// <summary>Which slot is whose: two per cell, then the orders of the whole grid.</summary>
internal sealed class GridSlots(int cells)
{
    public int Cells { get; } = cells;

    public int Purchase => 2 * Cells;

    public int StopLoss => (2 * Cells) + 1;

    public int TakeProfit => (2 * Cells) + 2;

    public int CloseLong => (2 * Cells) + 3;

    public int CloseShort => (2 * Cells) + 4;

    public int Count => (2 * Cells) + 5;

    /// <summary>The slot of a cell's buy where it may still go either way, its entry otherwise.</summary>
    public static int Entry(int ring) => 2 * ring;

    public static int Exit(int ring) => (2 * ring) + 1;

    public bool IsExitOfAll(int slot) => slot > Purchase;

    /// <summary>Cells are kept in a ring, so that one that stays in the window keeps its slots: the place of a line number.</summary>
    public int Ring(int line) => ((line % Cells) + Cells) % Cells;
}
