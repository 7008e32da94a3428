using Trellis.Research.Reports;

namespace Trellis.Research.Tests.Reports;

public sealed class PackedTests
{
    [Fact]
    public void What_was_packed_is_read_again()
    {
        var random = new Random(3);
        var numbers = Enumerable.Range(0, 2000).Select(_ => random.NextInt64(-(1L << random.Next(1, 62)), 1L << random.Next(1, 62))).Append(0).Append(long.MinValue).Append(long.MaxValue).ToList();
        var packed = new Packed();
        numbers.ForEach(packed.Add);

        Packed.Read(packed.ToString()).ShouldBe(numbers);
    }

    [Fact]
    public void The_documented_example_is_met()
    {
        var packed = new Packed();
        foreach (var number in (long[])[0, -1, 1, 300])
        {
            packed.Add(number);
        }

        packed.ToString().ShouldBe(Convert.ToBase64String([0, 1, 2, 0xD8, 0x04]));
    }

    [Fact]
    public void A_cut_text_is_refused() => Should.Throw<FormatException>(() => Packed.Read(Convert.ToBase64String([0x80])));
}
