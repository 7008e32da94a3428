using System.Globalization;
using System.Runtime.CompilerServices;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>The cells of a running grid: what each holds, the orders that follow from it, and where the window stands.</summary>
internal sealed class GridWindow
{
    private readonly GridOptions options;
    private readonly bool hedgeMode;
    private readonly GridLines lines;
    private readonly GridLadder ladder;
    private readonly GridSlots slots;
    private readonly GridNames names;
    private readonly GridCell[] cells;

    /// <summary>The orders of a cell that trades its whole quantity, as nearly all do: laid out once, not at each fill.</summary>
    private readonly PlannedOrder[] wholeEntries;
    private readonly PlannedOrder[] wholeExits;
    private readonly GridShift shift;
    private readonly long lot;
    private readonly InstrumentUnits units;
    private readonly int direction;
    private readonly OrderInstructions exitInstructions;
    private GridPurchase? purchase;
    private int bottom;
    private int revision;
    private long stock;
    private Int128 stockCost;
    private Int128 matched;

    public GridWindow(GridOptions options, bool hedgeMode, GridLines lines, GridLadder ladder, GridSlots slots, GridNames names, StrategyLane lane)
    {
        this.options = options;
        this.hedgeMode = hedgeMode;
        this.lines = lines;
        this.ladder = ladder;
        this.slots = slots;
        this.names = names;
        cells = new GridCell[slots.Cells];
        wholeEntries = new PlannedOrder[slots.Cells];
        wholeExits = new PlannedOrder[slots.Cells];
        direction = options.Direction switch { GridDirection.Long => 1, GridDirection.Short => -1, _ => 0 };
        shift = new GridShift(options, lines, ladder, lane.Units);
        lot = lane.Units.LotOf(lane.Rules);
        units = lane.Units;
        var isPerp = lane.Units.Instrument.Id.Market == MarketKind.Perp;
        exitInstructions = (options.PostOnly ? OrderInstructions.PostOnly : OrderInstructions.None) |
            (isPerp && direction != 0 ? OrderInstructions.ReduceOnly : OrderInstructions.None);
    }

    /// <summary>Whether the window can leave where it started.</summary>
    public bool Moves => shift.Moves;

    public int Pairs { get; private set; }

    public Money Matched => new(matched * units.NotionalFactor);

    /// <summary>The lines of the window as it stands, lowest first.</summary>
    public IReadOnlyList<StrategyLevel> Levels()
    {
        var levels = new StrategyLevel[cells.Length + 1];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new StrategyLevel(LevelKind.Line, units.ToPrice(lines[bottom + i]));
        }

        return levels;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Notes()
    {
        var notes = new List<KeyValuePair<string, string>>
        {
            new("window", string.Create(CultureInfo.InvariantCulture, $"lines {bottom} to {bottom + cells.Length}, revision {revision}")),
        };
        if (stock != 0)
        {
            notes.Add(new("base stock", string.Create(CultureInfo.InvariantCulture, $"{units.ToQuantity(stock):0.############} {units.Instrument.BaseCurrency} without a line")));
        }

        return notes;
    }

    /// <summary>Lays out the first window at a close, and buys (or sells) at market what its cells beyond the price should hold.</summary>
    public void Start(StrategyLane lane)
    {
        for (var line = 0; line < cells.Length; line++)
        {
            Occupy(line, lane);
        }

        if (options.InitialPurchase ?? direction != 0)
        {
            purchase = GridPurchase.Of(cells, lane.Close);
            purchase?.Plan(lane, slots, direction, hedgeMode);
        }

        for (var ring = 0; ring < cells.Length; ring++)
        {
            ref var cell = ref cells[ring];
            cell.Waits = purchase is null && cell.Direction != 0 && cell.IsBeyond(lane.Close);
            PlanCell(lane, ring);
        }
    }

    public void Take(StrategyLane lane, in OwnFill fill)
    {
        if (fill.Slot == slots.Purchase)
        {
            purchase!.Take(cells, fill, ladder.IsOrderable);
            for (var ring = 0; ring < cells.Length; ring++)
            {
                PlanCell(lane, ring);
            }

            return;
        }

        var place = fill.Slot >> 1;
        ref var cell = ref cells[place];
        if (cell.Direction == 0)
        {
            cell.Direction = fill.Side.Sign();
            LayOutOrders(place);
        }

        if (fill.Side.Sign() == cell.Direction)
        {
            cell.Entered += fill.Quantity;
            cell.Held += fill.NetQuantity;
            cell.Cost += Math.BigMul((long)fill.Price, fill.NetQuantity);
            cell.Waits = false;
        }
        else
        {
            var earned = Math.BigMul((long)fill.Price, fill.Quantity) - cell.Release(fill.Quantity);
            matched += cell.Direction > 0 ? earned : -earned;
        }

        PlanCell(lane, place);
    }

    /// <summary>Moves the window by whole cells where the close asks for it; what it held stays (docs/strategies/grid.md, "Moving the window").</summary>
    public void Shift(StrategyLane lane)
    {
        if (purchase is { IsComplete: false })
        {
            return;
        }

        var target = shift.Target(bottom, lane.Close);
        if (target == bottom)
        {
            return;
        }

        revision++;
        var (from, to) = (bottom, target);
        bottom = target;
        for (var line = from; line < from + cells.Length; line++)
        {
            if (line < to || line >= to + cells.Length)
            {
                Vacate(line);
            }
        }

        for (var line = to; line < to + cells.Length; line++)
        {
            if (line < from || line >= from + cells.Length)
            {
                Occupy(line, lane);
            }
        }

        AssignStock(lane, from, to);
        for (var line = to; line < to + cells.Length; line++)
        {
            var ring = slots.Ring(line);
            ref var cell = ref cells[ring];
            cell.Waits |= (line < from || line >= from + cells.Length) && cell.Held == 0 && cell.Direction != 0 && cell.IsBeyond(lane.Close);
        }

        Fund(lane.Close);
        for (var line = to; line < to + cells.Length; line++)
        {
            PlanCell(lane, slots.Ring(line));
        }
    }

    public void PlanWakes(StrategyLane lane)
    {
        if (purchase is { IsComplete: false })
        {
            return;
        }

        shift.PlanWakes(bottom, lane.Plan);
    }

    private void Occupy(int line, StrategyLane lane)
    {
        var ring = slots.Ring(line);
        var cell = new GridCell { Line = line, Low = lines[line], High = lines[line + 1], Direction = direction, Quantity = ladder.Quantity(line) };
        if (direction == 0)
        {
            cell.Direction = cell.Low > lane.Close ? -1 : cell.High <= lane.Close ? 1 : 0;
        }

        cell.WholeIsOrderable = ladder.IsOrderable(cell.Quantity, cell.Low);
        cells[ring] = cell;
        LayOutOrders(ring);
        names.Rename(ring, revision, line, lane.Plan);
    }

    /// <summary>What a cell that leaves the window holds becomes base stock.</summary>
    private void Vacate(int line)
    {
        ref var cell = ref cells[slots.Ring(line)];
        stock += cell.Direction * cell.Held;
        stockCost += cell.Direction * cell.Cost;
        cell = default;
    }

    /// <summary>
    /// Gives base stock back to cells that should hold and don't: the far ones first (a long grid from the top down),
    /// but none that the shift added beyond the old window on that side.
    /// </summary>
    private void AssignStock(StrategyLane lane, int from, int to)
    {
        if (direction == 0)
        {
            return;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            var line = direction > 0 ? to + cells.Length - 1 - i : to + i;
            var isAddedBeyond = direction > 0 ? line >= from + cells.Length : line < from;
            ref var cell = ref cells[slots.Ring(line)];
            var available = stock * direction;
            var share = Math.Min(cell.Quantity, available) / lot * lot;
            if (isAddedBeyond || cell.Held >= lot || !cell.IsBeyond(lane.Close) || !ladder.IsOrderable(share, cell.ExitPrice))
            {
                continue;
            }

            var cost = share == available ? stockCost : stockCost * share / available;
            stock -= direction * share;
            stockCost -= cost;
            cell.Held += share;
            cell.Cost += direction * cost;
            cell.Entered = cell.Quantity;
        }
    }

    /// <summary>
    /// A moved window may cost more than the investment, with what it left behind: cells in the middle of a cycle come first, then
    /// the others by their entries' distance from the price; from the first that the budget does not reach on, they sleep.
    /// </summary>
    private void Fund(int close)
    {
        var tied = Int128.Abs(stockCost);
        var idle = new List<int>();
        for (var line = bottom; line < bottom + cells.Length; line++)
        {
            ref var cell = ref cells[slots.Ring(line)];
            cell.Sleeps = false;
            if (cell.Entered > 0)
            {
                tied += cell.Commitment;
            }
            else
            {
                idle.Add(line);
            }
        }

        var funded = true;
        foreach (var line in idle.OrderBy(line => Math.Abs((long)cells[slots.Ring(line)].EntryPrice - close)).ThenBy(line => line))
        {
            ref var cell = ref cells[slots.Ring(line)];
            tied += cell.Commitment;
            funded = funded && ladder.Affords(tied);
            cell.Sleeps = !funded;
        }
    }

    /// <summary>The orders of a cell follow from what it has entered and what it holds.</summary>
    private void PlanCell(StrategyLane lane, int ring)
    {
        ref var cell = ref cells[ring];
        var plan = lane.Plan;
        if (cell.Direction == 0)
        {
            PlanEitherWay(plan, ring);
            return;
        }

        var (exit, exits) = cell.Held == cell.Quantity ? (cell.Held, cell.WholeIsOrderable)
            : cell.Held == 0 ? (0, false)
            : (cell.Held / lot * lot, ladder.IsOrderable(cell.Held / lot * lot, cell.ExitPrice));
        if (!exits && cell.Entered > 0 && (cell.Entered >= cell.Quantity || !ladder.IsOrderable(cell.Quantity - cell.Entered, cell.EntryPrice)))
        {
            // The cycle is over: what is left, of the position or of an entry that filled in part, is too little to be an order and goes with the next one.
            cell.Entered = 0;
            Pairs++;
        }

        var entry = cell.Sleeps || (purchase is { IsComplete: false } && purchase.Covers(ring)) ? 0 : cell.Quantity - cell.Entered;
        if (entry == cell.Quantity && !cell.Waits)
        {
            plan.Set(GridSlots.Entry(ring), wholeEntries[ring]);
        }
        else if (entry > 0)
        {
            plan.Set(GridSlots.Entry(ring), Entry(cell, cell.Direction, entry, group: 0));
        }
        else
        {
            plan.Remove(GridSlots.Entry(ring));
        }

        if (exits && exit == cell.Quantity)
        {
            plan.Set(GridSlots.Exit(ring), wholeExits[ring]);
        }
        else if (exits)
        {
            plan.Set(GridSlots.Exit(ring), Exit(cell, exit));
        }
        else
        {
            plan.Remove(GridSlots.Exit(ring));
        }
    }

    /// <summary>The containing cell of a neutral grid: either side, the first fill picks.</summary>
    private void PlanEitherWay(OrderPlan plan, int ring)
    {
        ref readonly var cell = ref cells[ring];
        if (cell.Sleeps)
        {
            plan.Remove(GridSlots.Entry(ring));
            plan.Remove(GridSlots.Exit(ring));
            return;
        }

        plan.Set(GridSlots.Entry(ring), Entry(cell, 1, cell.Quantity, group: ring + 1));
        plan.Set(GridSlots.Exit(ring), Entry(cell, -1, cell.Quantity, group: ring + 1));
    }

    /// <summary>For a cell whose direction or lines are new.</summary>
    private void LayOutOrders(int ring)
    {
        ref readonly var cell = ref cells[ring];
        wholeEntries[ring] = Entry(cell, cell.Direction, cell.Quantity, group: 0);
        wholeExits[ring] = Exit(cell, cell.Quantity);
    }

    // Orders of a part of a cell are rare: made here, they do not weigh on every fill.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private PlannedOrder Exit(in GridCell cell, long quantity) => new()
    {
        Side = Sides.FromSign(-cell.Direction),
        Kind = OrderKind.Limit,
        Instructions = exitInstructions,
        PositionSide = PositionSideOf(cell.Direction),
        Price = cell.ExitPrice,
        Quantity = quantity,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PlannedOrder Entry(in GridCell cell, int side, long quantity, int group) => new()
    {
        Side = Sides.FromSign(side),
        Kind = OrderKind.Limit,
        Instructions = options.PostOnly || cell.Waits ? OrderInstructions.PostOnly : OrderInstructions.None,
        PositionSide = PositionSideOf(side),
        Price = side > 0 ? cell.Low : cell.High,
        Quantity = quantity,
        Group = group,
    };

    private PositionSide PositionSideOf(int side) => hedgeMode ? (PositionSide)side : PositionSide.Net;
}
