using System.Buffers.Binary;
using Trellis.Data.Format;

namespace Trellis.Simulator.Keeping;

/// <summary>
/// What is written to a state file in one piece: 24 bytes that say how long it is and what its checksum is, then lines.
/// The 24 bytes have a checksum of their own, so that a damaged length is not taken for the end of the file.
/// </summary>
internal static class StateFrame
{
    public const int HeaderBytes = 24;

    /// <summary>The first bytes of every state file.</summary>
    public static ReadOnlySpan<byte> Magic => "TRLSTAT1"u8;

    /// <summary>Fills in the header of a frame whose lines follow.</summary>
    public static void Seal(Span<byte> header, ReadOnlySpan<byte> lines)
    {
        BinaryPrimitives.WriteInt64LittleEndian(header, lines.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], Checksum.Compute(lines));
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], Checksum.Compute(header[..16]));
    }

    /// <summary>The length of the lines; false where the header is not one.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out long length)
    {
        length = BinaryPrimitives.ReadInt64LittleEndian(header);
        return length >= 0 && BinaryPrimitives.ReadUInt64LittleEndian(header[16..]) == Checksum.Compute(header[..16]);
    }

    public static bool Matches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> lines) =>
        BinaryPrimitives.ReadUInt64LittleEndian(header[8..]) == Checksum.Compute(lines);
}
