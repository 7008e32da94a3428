using System.Buffers.Binary;
using System.IO.Compression;

namespace Trellis.Data.Import;

/// <summary>
/// The last eight bytes of a gzip file: CRC-32 and length of its last member. The runtime's reader takes a file that is cut off
/// for one that ends, so what was unpacked is held against them.
/// </summary>
internal static class GzipTrailer
{
    /// <summary>Whether everything that was unpacked is everything that was packed.</summary>
    /// <param name="file">The whole gzip file; its position is moved.</param>
    /// <param name="length">Bytes that came out.</param>
    /// <param name="crc">Their CRC-32.</param>
    public static bool Agrees(Stream file, long length, uint crc)
    {
        Span<byte> trailer = stackalloc byte[8];
        if (file.Length < 18)
        {
            return false;
        }

        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (size == (uint)length)
        {
            return crc == expected;
        }

        // Several members in a row: the trailer speaks of the last one, which is the end of what came out.
        return size < length && CrcFrom(file, length - size) == expected;
    }

    private static uint CrcFrom(Stream file, long start)
    {
        file.Position = 0;
        using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[1 << 16];
        var crc = 0u;
        for (long position = 0; content.Read(buffer) is var read and > 0; position += read)
        {
            var skipped = (int)Math.Clamp(start - position, 0, read);
            crc = Crc32.Append(crc, buffer.AsSpan(skipped, read - skipped));
        }

        return crc;
    }
}
