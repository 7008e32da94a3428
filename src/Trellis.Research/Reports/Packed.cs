namespace Trellis.Research.Reports;

/// <summary>
/// Whole numbers as a short text: each is zigzagged (0, −1, 1, −2 … become 0, 1, 2, 3 …), written in groups of 7 bits, lowest first, the eighth bit
/// saying that more follow, and all bytes together are base64. Small numbers, such as differences of neighbours, take a byte.
/// </summary>
public sealed class Packed
{
    private readonly List<byte> bytes = [];
    private long last;

    /// <summary>A number as it is; magnitudes below 2^53, which is what a browser holds exactly.</summary>
    public void Add(long number)
    {
        for (var rest = (ulong)((number << 1) ^ (number >> 63)); ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.Add((byte)rest);
                return;
            }

            bytes.Add((byte)(rest | 0x80));
        }
    }

    /// <summary>The difference to the number before it that was added this way.</summary>
    public void AddStep(long number)
    {
        Add(number - last);
        last = number;
    }

    public override string ToString() => Convert.ToBase64String(bytes.ToArray());

    /// <summary>The numbers of a text.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static IReadOnlyList<long> Read(string text)
    {
        var numbers = new List<long>();
        var (value, shift) = (0UL, 0);
        foreach (var part in Convert.FromBase64String(text))
        {
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if (part < 0x80)
            {
                numbers.Add((long)(value >> 1) ^ -(long)(value & 1));
                (value, shift) = (0, 0);
            }
            else if (shift > 63)
            {
                throw new FormatException("a number is longer than 64 bits");
            }
        }

        return shift == 0 ? numbers : throw new FormatException("the last number is cut");
    }
}
