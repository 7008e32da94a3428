using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Markets;

public sealed class CandleIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(10_001)]
    public void Every_block_holds_the_extremes_of_its_candles(int count)
    {
        var random = new Random(count);
        var low = Column(random, count);
        var high = Column(random, count);
        var close = Column(random, count);

        var index = CandleIndex.Build(low, high, close);

        Check(index.Small, CandleIndex.SmallShift, low, high, close);
        Check(index.Large, CandleIndex.LargeShift, low, high, close);
    }

    private static void Check(IndexLevel level, int shift, int[] low, int[] high, int[] close)
    {
        level.LowMin.Length.ShouldBe(CandleIndex.BlockCount(low.Length, shift));
        level.LowMin.ToArray().ShouldBe(low.Chunk(1 << shift).Select(block => block.Min()));
        level.HighMax.ToArray().ShouldBe(high.Chunk(1 << shift).Select(block => block.Max()));
        level.CloseMin.ToArray().ShouldBe(close.Chunk(1 << shift).Select(block => block.Min()));
        level.CloseMax.ToArray().ShouldBe(close.Chunk(1 << shift).Select(block => block.Max()));
    }

    private static int[] Column(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(int.MinValue, int.MaxValue))];
}
