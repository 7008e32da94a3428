using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Grid;

/// <summary>How much a grid trades in each cell (docs/strategies/grid.md, "Quantities").</summary>
public sealed class GridLadder
{
    private readonly GridOptions options;
    private readonly InstrumentUnits units;
    private readonly InstrumentRules rules;
    private readonly GridLines lines;

    /// <summary>Investment × leverage, less the fees of filling every cell once: what the ladder may cost.</summary>
    private readonly decimal budget;
    private readonly decimal startPrice;
    private readonly long equalQuantity;

    /// <param name="options">The grid.</param>
    /// <param name="units">Of its instrument.</param>
    /// <param name="rules">In force at the start.</param>
    /// <param name="lines">Made with the same options.</param>
    /// <param name="wallet">Wallet balance at the start, for a percentage of it.</param>
    /// <param name="startPrice">Close at the start; null where it is not known yet (checks of a configuration).</param>
    public GridLadder(GridOptions options, InstrumentUnits units, InstrumentRules rules, GridLines lines, decimal wallet, decimal? startPrice)
    {
        this.options = options;
        this.units = units;
        this.rules = rules;
        this.lines = lines;
        this.startPrice = startPrice ?? 0m;
        Investment = options.Sizing == GridSizing.PercentOfBalance ? wallet * options.Investment / 100m : options.Investment;
        budget = Investment * options.Leverage / CostShare;
        if (options.Sizing != GridSizing.EqualQuote)
        {
            equalQuantity = Largest(CostOfOneEach(), 1);
        }
    }

    /// <summary>Own money of the grid in quote currency.</summary>
    public decimal Investment { get; }

    /// <summary>1 + leverage × fee rate: what a notional costs with the fee that is kept aside for it.</summary>
    private decimal CostShare => 1m + (options.Leverage * DearestFee);

    private decimal DearestFee => Math.Max(0m, Math.Max(rules.MakerFee, rules.TakerFee));

    /// <summary>Quantity of a cell in quantity units: a multiple of the lot.</summary>
    /// <param name="cell">Its lower line is the line of the same number.</param>
    public long Quantity(int cell) => options.Sizing == GridSizing.EqualQuote
        ? Largest(units.ToPrice(EntryLine(cell)), lines.Cells)
        : equalQuantity;

    /// <summary>What a cell's exit can sell (or buy back) of a filled entry: less the fee where it is taken in the base currency, in whole lots.</summary>
    public long ExitQuantity(int cell)
    {
        var quantity = Quantity(cell);
        if (units.Instrument.FeeCurrency == FeeCurrency.Received)
        {
            var unit = units.ToQuantity(1);
            var fee = decimal.Ceiling(units.ToQuantity(quantity) * DearestFee / unit) * unit;
            quantity -= units.FromQuantity(fee);
        }

        return quantity / units.LotOf(rules) * units.LotOf(rules);
    }

    /// <summary>Whether the exchange's minimums accept the cell's orders.</summary>
    public bool MeetsMinimums(int cell)
    {
        var exit = units.ToQuantity(Math.Min(Quantity(cell), ExitQuantity(cell)));
        return exit > 0 && exit >= rules.MinQuantity && Notional(exit, lines[cell]) >= rules.MinNotional;
    }

    /// <summary>The least investment that lifts every cell of the first window above the minimums, rounded up to 0.01.</summary>
    public decimal LeastInvestment()
    {
        var least = 0m;
        for (var cell = 0; cell < lines.Cells; cell++)
        {
            var price = units.ToPrice(lines[cell]);
            var needed = Math.Max(rules.LotSize, Math.Max(rules.MinQuantity, rules.MinNotional / (price * units.Instrument.ContractMultiplier)));
            needed = decimal.Ceiling(needed / rules.LotSize) * rules.LotSize;
            if (units.Instrument.FeeCurrency == FeeCurrency.Received)
            {
                needed = decimal.Ceiling(needed / (1m - DearestFee) / rules.LotSize) * rules.LotSize;
            }

            var cost = options.Sizing == GridSizing.EqualQuote
                ? needed * units.ToPrice(EntryLine(cell)) * lines.Cells
                : needed * CostOfOneEach();
            least = Math.Max(least, cost * units.Instrument.ContractMultiplier * CostShare / options.Leverage);
        }

        return decimal.Ceiling(least * 100m) / 100m;
    }

    private int EntryLine(int cell) => options.Direction == GridDirection.Short ? lines[cell + 1] : lines[cell];

    /// <summary>Σ of the cells' entry lines; in a short grid a cell that is sold at market at the start counts at the start price.</summary>
    private decimal CostOfOneEach()
    {
        var sum = 0m;
        var isShort = options.Direction == GridDirection.Short;
        var purchases = options.InitialPurchase ?? true;
        for (var cell = 0; cell < lines.Cells; cell++)
        {
            var line = units.ToPrice(EntryLine(cell));
            sum += isShort && purchases && line <= startPrice ? startPrice : line;
        }

        return sum;
    }

    private decimal Notional(decimal quantity, int price) => quantity * units.ToPrice(price) * units.Instrument.ContractMultiplier;

    /// <summary>The largest multiple of the lot whose cost, times the number of shares, is within the budget; exact.</summary>
    private long Largest(decimal costOfOne, int shares)
    {
        var unitCost = costOfOne * units.Instrument.ContractMultiplier * shares;
        var lots = decimal.Floor(budget / unitCost / rules.LotSize);
        var available = Investment * options.Leverage;
        bool Fits(decimal count) => count * rules.LotSize * unitCost * CostShare <= available;
        while (lots > 0 && !Fits(lots))
        {
            lots--;
        }

        while (Fits(lots + 1))
        {
            lots++;
        }

        return units.FromQuantity(lots * rules.LotSize);
    }
}
