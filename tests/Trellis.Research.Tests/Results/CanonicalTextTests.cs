using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1.00", "1")]
    [InlineData("100", "100")]
    [InlineData("-0.0", "0")]
    [InlineData("-0.5100", "-0.51")]
    [InlineData("0.000000000001", "0.000000000001")]
    public void A_number_has_one_text(string written, string canonical) => CanonicalText.Of(decimal.Parse(written)).ShouldBe(canonical);

    [Theory]
    [InlineData(1_704_067_260_000, "2024-01-01T00:01:00Z")]
    [InlineData(1_704_067_260_007, "2024-01-01T00:01:00.007Z")]
    public void A_time_has_milliseconds_only_where_there_are_some(long time, string text) => CanonicalText.Time(time).ShouldBe(text);
}
