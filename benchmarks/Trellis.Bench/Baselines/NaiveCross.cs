using Trellis.Bench.Measuring;
using Trellis.Core.Markets;

namespace Trellis.Bench.Baselines;

/// <summary>Two moving averages as one writes them in an afternoon: queues of doubles with running sums, looked at candle by candle.</summary>
internal static class NaiveCross
{
    public static void Run(CandleSeries candles, int fast, int slow)
    {
        var unit = Math.Pow(10, candles.PriceDecimals);
        var (quick, calm) = (new Queue<double>(), new Queue<double>());
        var (quickSum, calmSum, crosses, last) = (0.0, 0.0, 0, 0);
        foreach (var close in candles.Close.Span)
        {
            var price = close / unit;
            quickSum += Add(quick, price, fast);
            calmSum += Add(calm, price, slow);
            if (calm.Count < slow)
            {
                continue;
            }

            var now = Math.Sign((quickSum / fast) - (calmSum / slow));
            crosses += now != last ? 1 : 0;
            last = now;
        }

        Sink.Take(crosses);
    }

    private static double Add(Queue<double> window, double price, int period)
    {
        window.Enqueue(price);
        return window.Count > period ? price - window.Dequeue() : price;
    }
}
