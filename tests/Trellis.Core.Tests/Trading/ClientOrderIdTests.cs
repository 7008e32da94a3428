using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

public sealed class ClientOrderIdTests
{
    [Theory]
    [InlineData("ab12", 0, 0, 1, 0, 1, 0)]
    [InlineData("zzzz", 1_295, 1_295, 1_679_615, 1_679_614, int.MaxValue, 60_466_175)]
    [InlineData("0000", 3, 1, 7, -1, 42, 9)]
    public void What_is_written_is_read_back(string installation, int bot, int lane, int revision, int slot, int cycle, int attempt)
    {
        var id = new ClientOrderId(installation, bot, lane, revision, slot, cycle, attempt);
        var text = id.ToString();

        text.Length.ShouldBeLessThanOrEqualTo(32);
        text.ShouldAllBe(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));
        ClientOrderId.TryParse(text, out var back).ShouldBeTrue();
        back.ShouldBe(id);
    }

    [Fact]
    public void One_wrong_letter_and_two_swapped_ones_are_noticed()
    {
        var text = new ClientOrderId("ab12", 3, 1, 7, 12, 345, 6).ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var wrong = text.ToCharArray();
            wrong[i] = wrong[i] == 'x' ? 'y' : 'x';
            ClientOrderId.TryParse(new string(wrong), out _).ShouldBeFalse();
            if (i > 0 && text[i] != text[i - 1])
            {
                var swapped = text.ToCharArray();
                (swapped[i], swapped[i - 1]) = (swapped[i - 1], swapped[i]);
                ClientOrderId.TryParse(new string(swapped), out _).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("web_1234567890")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABC")]
    public void What_others_write_is_not_in_our_form(string text) => ClientOrderId.TryParse(text, out _).ShouldBeFalse();
}
