namespace Trellis.Core.Tests.Matching.Fuzz;

public sealed class ShrinkerTests
{
    [Fact]
    public void What_is_not_needed_for_the_failure_is_left_out()
    {
        Shrinker.Shrink([.. Enumerable.Range(0, 1_000)], list => list.Contains(17) && list.Contains(803)).ShouldBe([17, 803]);
    }
}
