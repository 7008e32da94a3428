using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Grid;

/// <summary>How much a grid trades in each cell (docs/strategies/grid.md, "Quantities").</summary>
public sealed class GridLadder
{
    private readonly GridOptions options;
    private readonly InstrumentUnits units;
    private readonly InstrumentRules rules;
    private readonly GridLines lines;
    private readonly decimal dearestFee;
    private readonly int startPrice;
    private readonly OrderMinimums minimums;
    private readonly long equalQuantity;

    /// <param name="options">The grid.</param>
    /// <param name="units">Of its instrument.</param>
    /// <param name="rules">In force at the start.</param>
    /// <param name="lines">Made with the same options.</param>
    /// <param name="wallet">Wallet balance at the start, for a percentage of it.</param>
    /// <param name="startPrice">Close at the start in price units; 0 where it is not known yet (checks of a configuration).</param>
    public GridLadder(GridOptions options, InstrumentUnits units, InstrumentRules rules, GridLines lines, decimal wallet, int startPrice)
    {
        this.options = options;
        this.units = units;
        this.rules = rules;
        this.lines = lines;
        this.startPrice = startPrice;
        dearestFee = Math.Max(0m, Math.Max(rules.MakerFee, rules.TakerFee));
        minimums = new OrderMinimums(units, rules);
        Investment = options.Sizing == GridSizing.PercentOfBalance ? wallet * options.Investment / 100m : options.Investment;
        if (options.Sizing != GridSizing.EqualQuote)
        {
            equalQuantity = Largest(units.ToPrice(1) * CostOfOneEach());
        }
    }

    /// <summary>Own money of the grid in quote currency.</summary>
    public decimal Investment { get; }

    /// <summary>1 + leverage × fee rate: what a notional costs with the fee that is kept aside for it.</summary>
    private decimal CostShare => 1m + (options.Leverage * dearestFee);

    /// <summary>Quantity of a cell in quantity units: a multiple of the lot.</summary>
    /// <param name="cell">Its lower line is the line of the same number.</param>
    public long Quantity(int cell) => options.Sizing == GridSizing.EqualQuote
        ? Largest(units.ToPrice(EntryLine(cell)) * lines.Cells)
        : equalQuantity;

    /// <summary>Whether a notional, with the fee kept aside for it, is within investment × leverage.</summary>
    /// <param name="notional">In price units × quantity units.</param>
    public bool Affords(Int128 notional) =>
        new Money(notional * units.NotionalFactor).ToDecimal() * CostShare <= Investment * options.Leverage;

    /// <summary>Whether an exit, or an entry, of this quantity at this price is above the exchange's minimums.</summary>
    public bool IsOrderable(long quantity, int price) => minimums.Accept(quantity, price);

    /// <summary>Whether the exchange's minimums accept the cell's orders, the exit after the entry's fee too.</summary>
    public bool MeetsMinimums(int cell) => IsOrderable(ExitQuantity(Quantity(cell)), lines[cell]);

    /// <summary>The least investment that lifts every cell of the first window above the minimums, rounded up to 0.01.</summary>
    public decimal LeastInvestment()
    {
        var least = 0m;
        for (var cell = 0; cell < lines.Cells; cell++)
        {
            var needed = LeastQuantity(cell);
            var cost = options.Sizing == GridSizing.EqualQuote
                ? needed * units.ToPrice(EntryLine(cell)) * lines.Cells
                : needed * units.ToPrice(1) * CostOfOneEach();
            least = Math.Max(least, cost * units.Instrument.ContractMultiplier * CostShare / options.Leverage);
        }

        return decimal.Ceiling(least * 100m) / 100m;
    }

    private decimal LeastQuantity(int cell)
    {
        var minimum = Math.Max(rules.MinQuantity, rules.MinNotional / (units.ToPrice(lines[cell]) * units.Instrument.ContractMultiplier));
        var lots = Math.Max(1m, decimal.Ceiling(minimum / rules.LotSize));
        if (units.Instrument.FeeCurrency == FeeCurrency.Received)
        {
            var least = units.FromQuantity(lots * rules.LotSize);
            lots = decimal.Ceiling(lots / (1m - dearestFee));
            while (ExitQuantity(units.FromQuantity(lots * rules.LotSize)) < least)
            {
                lots++;
            }
        }

        return lots * rules.LotSize;
    }

    /// <summary>What is left of a filled entry: less the fee where it is taken in the base currency, in whole lots.</summary>
    private long ExitQuantity(long quantity)
    {
        if (units.Instrument.FeeCurrency == FeeCurrency.Received)
        {
            quantity -= (long)decimal.Ceiling(quantity * dearestFee);
        }

        return minimums.WholeLots(quantity);
    }

    private int EntryLine(int cell) => options.Direction == GridDirection.Short ? lines[cell + 1] : lines[cell];

    /// <summary>
    /// Σ of the cells' entry lines in price units; in a short grid a cell that is sold at market at the start counts at the start price.
    /// </summary>
    private decimal CostOfOneEach()
    {
        var sum = 0L;
        var sellsAtStart = options.Direction == GridDirection.Short && (options.InitialPurchase ?? true);
        for (var cell = 0; cell < lines.Cells; cell++)
        {
            var line = EntryLine(cell);
            sum += sellsAtStart && line <= startPrice ? startPrice : line;
        }

        return sum;
    }

    /// <summary>The largest multiple of the lot that costs no more than investment × leverage, with the fees kept aside; exact.</summary>
    private long Largest(decimal costOfOne)
    {
        var lotCost = costOfOne * units.Instrument.ContractMultiplier * rules.LotSize * CostShare;
        var available = Investment * options.Leverage;
        var lots = decimal.Floor(available / lotCost);
        while (lots > 0 && lots * lotCost > available)
        {
            lots--;
        }

        while ((lots + 1) * lotCost <= available)
        {
            lots++;
        }

        return units.FromQuantity(lots * rules.LotSize);
    }
}
