using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>What a section of a candle file holds; the number stands in the file.</summary>
internal enum SectionKind
{
    Open = 1,
    High = 2,
    Low = 3,
    Close = 4,
    Volume = 5,
    SmallLowMin = 6,
    SmallHighMax = 7,
    SmallCloseMin = 8,
    SmallCloseMax = 9,
    LargeLowMin = 10,
    LargeHighMax = 11,
    LargeCloseMin = 12,
    LargeCloseMax = 13,
}

/// <summary>A section's place: offset from the start of the file and length of its content, both in bytes.</summary>
internal readonly record struct Section(SectionKind Kind, int ElementSize, long Offset, long Length)
{
    /// <summary>Length including the zeros up to the next section.</summary>
    public long PaddedLength => CandleFileLayout.Pad(Length);
}

/// <summary>The places of all sections follow from the number of candles alone.</summary>
internal static class CandleFileLayout
{
    public const int SectionCount = 13;

    public static Section[] For(int count)
    {
        var small = CandleIndex.BlockCount(count, CandleIndex.SmallShift);
        var large = CandleIndex.BlockCount(small, CandleIndex.LargeShift - CandleIndex.SmallShift);
        var sections = new Section[SectionCount];
        long offset = CandleFileHeader.Size;
        for (var i = 0; i < SectionCount; i++)
        {
            var kind = (SectionKind)(i + 1);
            var elements = kind <= SectionKind.Volume ? count : kind <= SectionKind.SmallCloseMax ? small : large;
            var elementSize = kind == SectionKind.Volume ? sizeof(long) : sizeof(int);
            sections[i] = new Section(kind, elementSize, offset, (long)elements * elementSize);
            offset += sections[i].PaddedLength;
        }

        return sections;
    }

    public static long FileLength(ReadOnlySpan<Section> sections) => sections[^1].Offset + sections[^1].PaddedLength;

    public static long Pad(long length) => (length + Checksum.BlockBytes - 1) / Checksum.BlockBytes * Checksum.BlockBytes;
}
