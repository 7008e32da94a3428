using Trellis.Data.Format;

namespace Trellis.Data.Tests.Format;

public sealed class ChecksumTests
{
    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void Has_the_same_bits_on_every_machine()
    {
        var bytes = Enumerable.Range(0, 1_000).Select(i => (byte)((i * 7) + (i >> 3))).ToArray();
        Checksum.Compute(bytes).ShouldBe(Reference(bytes));
        Checksum.Compute([]).ShouldBe(Reference([]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4_096)]
    public void Equals_a_scalar_implementation(int length) => Checksum.Compute(Bytes(length, length)).ShouldBe(Reference(Bytes(length, length)));

    [Fact]
    public void Notices_every_single_flipped_bit()
    {
        var bytes = Bytes(1, 1_024);
        var sum = Checksum.Compute(bytes);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Checksum.Compute(bytes).ShouldNotBe(sum);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(4_096)]
    public void Notices_swapped_blocks(int size)
    {
        var bytes = Bytes(2, 65_536);
        var sum = Checksum.Compute(bytes);
        for (var block = 1; block < bytes.Length / size; block++)
        {
            var swapped = bytes.ToArray();
            bytes.AsSpan(0, size).CopyTo(swapped.AsSpan(block * size));
            bytes.AsSpan(block * size, size).CopyTo(swapped);
            Checksum.Compute(swapped).ShouldNotBe(sum);
        }
    }

    private static ulong Reference(byte[] data)
    {
        var padded = new byte[(data.Length + 255) / 256 * 256];
        data.CopyTo(padded, 0);
        var lanes = Enumerable.Range(1, 32).Select(i => Mix((ulong)i * 0x9E3779B97F4A7C15)).ToArray();
        for (var word = 0; word < padded.Length / 8; word++)
        {
            var lane = lanes[word % 32] ^ BitConverter.ToUInt64(padded, word * 8);
            lane += lane << 13;
            lanes[word % 32] = lane ^ (lane >> 29);
        }

        return lanes.Aggregate((ulong)(padded.Length / 256), (sum, lane) => Mix(sum ^ lane));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
