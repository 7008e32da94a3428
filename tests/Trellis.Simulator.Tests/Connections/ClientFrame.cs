using System.Buffers.Binary;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>A frame as a client writes it, with a mask (RFC 6455, 5.2).</summary>
internal static class ClientFrame
{
    public const int Text = 1;

    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Of(int opcode, byte[] payload, bool isFinal = true)
    {
        using var frame = new MemoryStream();
        frame.WriteByte((byte)((isFinal ? 0x80 : 0) | opcode));
        switch (payload.Length)
        {
            case < 126:
                frame.WriteByte((byte)(0x80 | payload.Length));
                break;
            case <= ushort.MaxValue:
                frame.WriteByte(0x80 | 126);
                frame.Write([(byte)(payload.Length >> 8), (byte)payload.Length]);
                break;
            default:
                frame.WriteByte(0x80 | 127);
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
                frame.Write(length);
                break;
        }

        frame.Write(Mask);
        frame.Write([.. payload.Select((value, place) => (byte)(value ^ Mask[place % 4]))]);
        return frame.ToArray();
    }
}
