using Trellis.Bench.Markets;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Bench.Baselines;

/// <summary>
/// A long grid as one writes it in an afternoon: a list of order objects, every one tested in every candle, and
/// money in double. Its rule of fills is ours: strictly through, never by the candle that caused the order.
/// </summary>
internal sealed class NaiveGrid
{
    private const double Fee = 0.0002;

    private readonly int candles;
    private readonly double[] low;
    private readonly double[] high;
    private readonly double[] close;
    private readonly double[] lines;
    private readonly double investment;

    /// <param name="candles">Only this many from the start.</param>
    public NaiveGrid(Candidate candidate, int candles)
    {
        this.candles = candles;
        var series = candidate.Candles;
        var unit = Math.Pow(10, series.PriceDecimals);
        low = Prices(series.Low.Span, candles, unit);
        high = Prices(series.High.Span, candles, unit);
        close = Prices(series.Close.Span, candles, unit);
        investment = (double)(candidate.Options.Investment * candidate.Options.Leverage);
        lines = Lines(candidate.Options);
    }

    public int Fills { get; private set; }

    public double Equity { get; private set; }

    public double MaxDrawdown { get; private set; }

    public void Run()
    {
        var quantity = investment / lines.Sum();
        var orders = new List<Order>();
        var (cash, position) = Start(orders, quantity);
        var (fills, peak, drawdown) = (1, cash + (position * close[0]), 0.0);
        for (var candle = 1; candle < candles; candle++)
        {
            var standing = orders.Count;
            for (var i = 0; i < standing; i++)
            {
                var order = orders[i];
                if (order.IsBuy ? low[candle] >= order.Price : high[candle] <= order.Price)
                {
                    continue;
                }

                fills++;
                var value = order.Price * quantity;
                cash += (order.IsBuy ? -value : value) - (value * Fee);
                position += order.IsBuy ? quantity : -quantity;
                orders.Add(new Order(order.Cell, !order.IsBuy, order.IsBuy ? lines[order.Cell + 1] : lines[order.Cell]));
                orders.RemoveAt(i);
                i--;
                standing--;
            }

            Equity = cash + (position * close[candle]);
            peak = Math.Max(peak, Equity);
            drawdown = Math.Max(drawdown, (peak - Equity) / peak);
        }

        Fills = fills;
        MaxDrawdown = drawdown;
    }

    private (double Cash, double Position) Start(List<Order> orders, double quantity)
    {
        var (cash, position) = ((double)Candidate.Balance, 0.0);
        for (var cell = 0; cell < lines.Length - 1; cell++)
        {
            var holds = lines[cell] > close[0];
            orders.Add(new Order(cell, !holds, holds ? lines[cell + 1] : lines[cell]));
            cash -= holds ? close[0] * quantity : 0;
            position += holds ? quantity : 0;
        }

        return (cash, position);
    }

    private static double[] Prices(ReadOnlySpan<int> column, int candles, double unit)
    {
        var prices = new double[candles];
        for (var i = 0; i < candles; i++)
        {
            prices[i] = column[i] / unit;
        }

        return prices;
    }

    private static double[] Lines(GridOptions options)
    {
        var (lower, upper, cells) = ((double)options.Lower!.Value, (double)options.Upper!.Value, options.Grids!.Value);
        var prices = new double[cells + 1];
        for (var i = 0; i <= cells; i++)
        {
            prices[i] = options.Spacing == GridSpacing.Geometric
                ? lower * Math.Pow(upper / lower, (double)i / cells)
                : lower + ((upper - lower) * i / cells);
        }

        return prices;
    }

    private sealed class Order(int cell, bool isBuy, double price)
    {
        public int Cell { get; } = cell;

        public bool IsBuy { get; } = isBuy;

        public double Price { get; } = price;
    }
}
