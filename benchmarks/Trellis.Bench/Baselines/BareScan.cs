using Trellis.Bench.Measuring;
using Trellis.Core.Markets;

namespace Trellis.Bench.Baselines;

/// <summary>Reads every low and every high once with vector instructions: as fast as memory gives them.</summary>
internal static class BareScan
{
    public static void Run(CandleSeries candles) =>
        Sink.Take(CandleIndex.Minimum(candles.Low.Span) + (long)CandleIndex.Maximum(candles.High.Span));
}
