using Trellis.Core.Numerics;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Damages messages.</summary>
internal static class Mutations
{
    private static readonly byte[] Signs = "{}[]\":,\\.-019eE \0\u00ff"u8.ToArray();

    /// <summary>One to four changes: a byte replaced, left out, put in or doubled, or the end cut off.</summary>
    public static byte[] Mutate(byte[] original, DeterministicRandom random)
    {
        var bytes = original.ToList();
        for (var change = Below(random, 4); change >= 0 && bytes.Count > 1; change--)
        {
            var place = Below(random, bytes.Count);
            switch (Below(random, 5))
            {
                case 0:
                    bytes[place] = Sign(random);
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, Sign(random));
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(5, bytes.Count - place)));
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, Below(random, 12)));
                    break;
            }
        }

        return [.. bytes];
    }

    public static int Below(DeterministicRandom random, int limit) => (int)(random.NextUnit() * limit);

    private static byte Sign(DeterministicRandom random) => Signs[Below(random, Signs.Length)];
}
