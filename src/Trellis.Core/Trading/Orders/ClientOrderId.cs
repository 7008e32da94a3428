namespace Trellis.Core.Trading.Orders;

/// <summary>
/// What an order of ours is, written into the id that the exchange keeps for it: 29 of [0-9a-z]. It identifies an order; it does not keep one
/// from being sent twice. Installation 4, bot 2, lane 2, revision 4, slot 4, cycle 6, attempt 5 and checksum 2 places, numbers in base 36.
/// </summary>
/// <param name="Installation">4 of [0-9a-z].</param>
/// <param name="Bot">Index in the settings.</param>
/// <param name="Lane">Index among the bot's markets.</param>
/// <param name="Revision">The bot's n-th beginning, from 1.</param>
/// <param name="Slot">Of the lane's plan; −1 for an order of the risk manager.</param>
/// <param name="Cycle">The slot's n-th order.</param>
/// <param name="Attempt">How often the order had been sent before.</param>
public readonly record struct ClientOrderId(string Installation, int Bot, int Lane, int Revision, int Slot, int Cycle, int Attempt)
{
    public const int Length = 29;

    /// <summary>The largest bot, lane and so on that the places hold.</summary>
    public const int MostBots = 36 * 36;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int InstallationLength = 4;
    private const int CheckLength = 2;

    /// <summary>The last number that the places of a slot hold stands for the risk manager.</summary>
    private const int RiskSlot = (36 * 36 * 36 * 36) - 1;

    private static ReadOnlySpan<int> Widths => [2, 2, 4, 4, 6, 5];

    public static bool IsInstallation(string text) => text.Length == InstallationLength && text.All(letter => Digits.Contains(letter, StringComparison.Ordinal));

    public override string ToString() => string.Create(Length, this, static (text, id) =>
    {
        id.Installation.CopyTo(text);
        var place = InstallationLength;
        Span<int> parts = [id.Bot, id.Lane, id.Revision, id.Slot < 0 ? RiskSlot : id.Slot, id.Cycle, id.Attempt];
        for (var i = 0; i < parts.Length; i++)
        {
            Write(text.Slice(place, Widths[i]), parts[i]);
            place += Widths[i];
        }

        Write(text[place..], Check(text[..place]));
    });

    /// <returns>False where the text is not in our form, or its checksum is wrong.</returns>
    public static bool TryParse(string text, out ClientOrderId id)
    {
        id = default;
        if (text.Length != Length || Check(text.AsSpan(0, Length - CheckLength)) != Read(text.AsSpan(Length - CheckLength)))
        {
            return false;
        }

        Span<long> parts = stackalloc long[Widths.Length];
        var place = InstallationLength;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Read(text.AsSpan(place, Widths[i]));
            place += Widths[i];
            if (parts[i] is < 0 or > int.MaxValue)
            {
                return false;
            }
        }

        id = new ClientOrderId(
            text[..InstallationLength], (int)parts[0], (int)parts[1], (int)parts[2], parts[3] == RiskSlot ? -1 : (int)parts[3], (int)parts[4], (int)parts[5]);
        return true;
    }

    private static void Write(Span<char> text, int value)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Digits[value % 36];
            value /= 36;
        }
    }

    /// <returns>−1 where a letter is not a digit.</returns>
    private static long Read(ReadOnlySpan<char> text)
    {
        var value = 0L;
        foreach (var letter in text)
        {
            var digit = DigitOf(letter);
            if (digit < 0)
            {
                return -1;
            }

            value = (value * 36) + digit;
        }

        return value;
    }

    private static int DigitOf(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'a' and <= 'z' => letter - 'a' + 10,
        _ => -1,
    };

    /// <summary>A polynomial of the letters modulo the largest prime that two places hold: one wrong or two swapped letters are noticed. −2 for letters that are none of ours.</summary>
    private static int Check(ReadOnlySpan<char> text)
    {
        var sum = 0;
        foreach (var letter in text)
        {
            var digit = DigitOf(letter);
            if (digit < 0)
            {
                return -2;
            }

            sum = ((sum * 37) + digit + 1) % 1291;
        }

        return sum;
    }
}
