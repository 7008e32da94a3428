using System.Globalization;
using Trellis.Configuration.Shapes;

namespace Trellis.Configuration.Tests.Shapes;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.50", "-0.50")]
    [InlineData("+7", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1e5", "100000")]
    [InlineData("2.5E-3", "0.0025")]
    [InlineData("0e999", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("1.00000000000000000000000000000000000", "1.0000000000000000000000000000")]
    public void A_number_is_read_exactly(string text, string expected)
    {
        DecimalText.TryParse(text, out var value, out _).ShouldBeTrue();
        value.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("e5")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("01")]
    [InlineData("١")]
    [InlineData("1e99999999999")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0.00000000000000000000000000001")]
    public void What_a_decimal_can_not_hold_is_refused(string text)
    {
        DecimalText.TryParse(text, out _, out var rule).ShouldBeFalse();
        rule.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_decimal_survives_writing_and_reading()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var value = new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29));
            DecimalText.TryParse(DecimalText.Write(value), out var read, out _).ShouldBeTrue();
            read.ToString(CultureInfo.InvariantCulture).ShouldBe(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
