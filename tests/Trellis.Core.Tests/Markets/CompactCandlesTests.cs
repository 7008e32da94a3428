using System.Runtime.InteropServices;
using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Markets;

public sealed class CompactCandlesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Every_price_comes_back_and_a_hole_meets_nothing(int count)
    {
        var random = new Random(count);
        var (low, high, close) = Candles(random, count, reach: 30_000);

        var compact = Build(low, high, close);

        compact.Bases.Span.Contains(CompactCandles.Wide).ShouldBeFalse();
        for (var i = 0; i < count; i++)
        {
            var (lowest, highest, last) = Distances(compact, i);
            var origin = compact.Bases.Span[i / CompactCandles.BlockSize];
            if (low[i] > high[i])
            {
                (lowest, highest).ShouldBe((CompactCandles.NoLow, CompactCandles.NoHigh));
            }
            else
            {
                (origin + lowest, origin + highest).ShouldBe((low[i], high[i]));
                Math.Min(lowest, highest).ShouldBeInRange((ushort)1, (ushort)CompactCandles.MostDistance);
            }

            (origin + last).ShouldBe(close[i]);
        }
    }

    [Fact]
    public void What_is_missing_in_the_last_block_is_a_hole()
    {
        var (low, high, close) = Candles(new Random(3), 70, reach: 100);

        var compact = Build(low, high, close);

        for (var i = 70; i < 2 * CompactCandles.BlockSize; i++)
        {
            var (lowest, highest, _) = Distances(compact, i);
            (lowest, highest).ShouldBe((CompactCandles.NoLow, CompactCandles.NoHigh));
        }
    }

    [Theory]
    [InlineData(CompactCandles.MostDistance - 1, false)]
    [InlineData(CompactCandles.MostDistance, true)]
    public void A_block_is_wide_from_the_first_distance_on_that_does_not_fit(int distance, bool wide)
    {
        var compact = Build([1, 1], [1, 1 + distance], [1, 1]);

        (compact.Bases.Span[0] == CompactCandles.Wide).ShouldBe(wide);
    }

    [Fact]
    public void The_highest_prices_there_are_fit()
    {
        const int top = int.MaxValue - 1;

        var compact = Build([top - 5, int.MaxValue], [top, int.MinValue], [top, top]);

        (compact.Bases.Span[0] + compact.Distances.Span[CompactCandles.BlockSize]).ShouldBe(top);
        compact.Distances.Span[CompactCandles.BlockSize + 1].ShouldBe(CompactCandles.NoHigh);
    }

    [Fact]
    public void Blocks_begin_where_cache_lines_do()
    {
        var (low, high, close) = Candles(new Random(4), 200, reach: 100);

        var compact = Build(low, high, close);

        MemoryMarshal.TryGetArray(compact.Distances, out var segment).ShouldBeTrue();
        (Marshal.UnsafeAddrOfPinnedArrayElement(segment.Array!, segment.Offset) % 64).ShouldBe(0);
        (CompactCandles.Stride * sizeof(ushort) % 64).ShouldBe(0);
    }

    private static CompactCandles Build(int[] low, int[] high, int[] close) =>
        CompactCandles.Build(low, high, close, CandleIndex.Build(low, high, close).Small);

    private static (ushort Low, ushort High, ushort Close) Distances(CompactCandles compact, int candle)
    {
        var first = (candle / CompactCandles.BlockSize * CompactCandles.Stride) + (candle % CompactCandles.BlockSize);
        var distances = compact.Distances.Span;
        return (distances[first], distances[first + CompactCandles.BlockSize], distances[first + (2 * CompactCandles.BlockSize)]);
    }

    private static (int[] Low, int[] High, int[] Close) Candles(Random random, int count, int reach)
    {
        var (low, high, close) = (new int[count], new int[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var middle = 500_000 + random.Next(reach);
            var hole = i > 0 && random.Next(5) == 0;
            low[i] = hole ? int.MaxValue : middle - random.Next(100);
            high[i] = hole ? int.MinValue : middle + random.Next(100);
            close[i] = hole ? close[i - 1] : middle;
        }

        return (low, high, close);
    }
}
