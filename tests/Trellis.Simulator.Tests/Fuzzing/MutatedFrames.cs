using System.Text;
using Trellis.Core.Numerics;
using Trellis.Simulator.Tests.Connections;

namespace Trellis.Simulator.Tests.Fuzzing;

/// <summary>Frames to the simulated Binance's streams, of which most are damaged: in their JSON, their head or both.</summary>
internal static class MutatedFrames
{
    private static readonly string[] Texts =
    [
        """{"method":"SUBSCRIBE","params":["btcusdt@depth","btcusdt@kline_1m","!ticker@arr"],"id":1}""",
        """{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":"two"}""",
        """{"method":"LIST_SUBSCRIPTIONS","id":3}""",
        """{"method":"SET_PROPERTY","params":["combined",true],"id":4}""",
        """{"method":"GET_PROPERTY","params":["combined"],"id":5}""",
        """{"method":"SUBSCRIBE","params":["\u20ac\ud83d\ude00@trade",""],"id":6}""",
    ];

    public static byte[] Next(DeterministicRandom random)
    {
        var text = Encoding.UTF8.GetBytes(Texts[Pick(random, Texts.Length)]);
        if (random.NextBits() % 2 == 0)
        {
            Damage(random, ref text);
        }

        var frame = ClientFrame.Of(random.NextBits() % 8 == 0 ? Pick(random, 16) : ClientFrame.Text, text, random.NextBits() % 16 != 0);
        if (random.NextBits() % 4 == 0)
        {
            Damage(random, ref frame);
        }

        return frame;
    }

    private static void Damage(DeterministicRandom random, ref byte[] bytes)
    {
        for (var times = 1 + Pick(random, 3); times > 0 && bytes.Length > 0; times--)
        {
            var at = Pick(random, bytes.Length);
            switch (random.NextBits() % 4)
            {
                case 0:
                    bytes[at] ^= (byte)(1 << Pick(random, 8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextBits();
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], (byte)random.NextBits(), .. bytes[at..]];
                    break;
            }
        }
    }

    private static int Pick(DeterministicRandom random, int count) => (int)(random.NextBits() % (ulong)count);
}
