using System.Buffers.Binary;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>The first 1,024 bytes of a candle file; docs/data.md lists them one by one.</summary>
internal sealed record CandleFileHeader
{
    public const int Size = 1024;
    public const uint Version = 1;

    /// <summary>More candles than this are refused: a dense grid of them would not fit in memory.</summary>
    public const int MaxCount = 200_000_000;

    public const int MaxPriceDecimals = 9;
    public const int MaxVolumeDecimals = 18;
    public const int MaxGeneratedByBytes = GeneratedSlot - 2;

    private const int SectionTable = 96;
    private const int SectionEntry = 32;
    private const int ExchangeAt = 512;
    private const int MarketAt = 544;
    private const int SymbolAt = 560;
    private const int IntervalAt = 608;
    private const int GeneratedAt = 624;
    private const int GeneratedSlot = ChecksumAt - GeneratedAt;
    private const int ChecksumAt = 1016;

    public required InstrumentId Instrument { get; init; }

    public required Interval Interval { get; init; }

    public required long StartTime { get; init; }

    public required int Count { get; init; }

    public required int Holes { get; init; }

    public required int PriceDecimals { get; init; }

    public required int VolumeDecimals { get; init; }

    /// <summary>SHA-256, lower case hex.</summary>
    public required string Fingerprint { get; init; }

    public required string? GeneratedBy { get; init; }

    public required ulong[] Checksums { get; init; }

    private static ReadOnlySpan<byte> Magic => "TRELCNDL"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        var span = bytes.AsSpan();
        var sections = CandleFileLayout.For(Count);
        Magic.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], Size);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], CandleFileLayout.FileLength(sections));
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], StartTime);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], Interval.Milliseconds);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(span[44..], Holes);
        span[48] = (byte)PriceDecimals;
        span[49] = (byte)VolumeDecimals;
        span[50] = CandleFileLayout.SectionCount;
        Convert.FromHexString(Fingerprint).CopyTo(span[64..]);
        for (var i = 0; i < sections.Length; i++)
        {
            var entry = span[(SectionTable + (i * SectionEntry))..];
            BinaryPrimitives.WriteInt32LittleEndian(entry, (int)sections[i].Kind);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], sections[i].ElementSize);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], sections[i].Length);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], Checksums[i]);
        }

        WriteText(span[ExchangeAt..MarketAt], Instrument.Exchange);
        WriteText(span[MarketAt..SymbolAt], Instrument.Market == MarketKind.Spot ? "spot" : "perp");
        WriteText(span[SymbolAt..IntervalAt], Instrument.Symbol);
        WriteText(span[IntervalAt..GeneratedAt], Interval.ToString());
        WriteText(span[GeneratedAt..ChecksumAt], GeneratedBy ?? "");
        BinaryPrimitives.WriteUInt64LittleEndian(span[ChecksumAt..], Checksum.Compute(span[..ChecksumAt]));
        return bytes;
    }

    /// <summary>Reads and verifies a header; the sections' checksums are left to the caller.</summary>
    /// <exception cref="DataException">The bytes are not the header of a whole candle file of <paramref name="fileLength"/> bytes.</exception>
    public static CandleFileHeader Parse(ReadOnlySpan<byte> span, long fileLength, string path)
    {
        if (!span[..8].SequenceEqual(Magic))
        {
            throw Damaged(path, $"magic is {Convert.ToHexString(span[..8])}, expected {Convert.ToHexString(Magic)}; this is not a candle file");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        var stored = BinaryPrimitives.ReadUInt64LittleEndian(span[ChecksumAt..]);
        var computed = Checksum.Compute(span[..ChecksumAt]);
        if (stored != computed)
        {
            throw version == Version
                ? Damaged(path, $"header checksum is {computed:x16}, expected {stored:x16}")
                : Damaged(path, $"version is {version} and the header checksum fails; this program reads version {Version}");
        }

        if (version != Version)
        {
            throw new DataException($"{path}: header: version is {version}, this program reads version {Version}. Import the candles again with this program, or use the one that wrote the file");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(span[16..]);
        if (length != fileLength)
        {
            throw Damaged(path, $"the file has {fileLength} bytes, expected {length}; it was cut off or added to");
        }

        return Fields(span, path, length);
    }

    public static DataException Damaged(string path, string what, string part = "header") =>
        new($"{path}: {part}: {what}. The file is damaged and was not read; delete it and import the candles again");

    private static CandleFileHeader Fields(ReadOnlySpan<byte> span, string path, long length)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(span[40..]);
        var holes = BinaryPrimitives.ReadInt32LittleEndian(span[44..]);
        if (count is < 1 or > MaxCount || holes < 0 || holes >= count)
        {
            throw Damaged(path, $"{count} candles with {holes} holes; allowed are 1 to {MaxCount} candles and fewer holes than candles");
        }

        if (span[48] > MaxPriceDecimals || span[49] > MaxVolumeDecimals)
        {
            throw Damaged(path, $"{span[48]} price and {span[49]} volume decimals; allowed are at most {MaxPriceDecimals} and {MaxVolumeDecimals}");
        }

        var sections = CandleFileLayout.For(count);
        var checksums = new ulong[sections.Length];
        var inPlace = span[50] == sections.Length && CandleFileLayout.FileLength(sections) == length;
        for (var i = 0; i < sections.Length; i++)
        {
            var entry = span.Slice(SectionTable + (i * SectionEntry), SectionEntry);
            inPlace &= BinaryPrimitives.ReadInt32LittleEndian(entry) == (int)sections[i].Kind
                && BinaryPrimitives.ReadInt32LittleEndian(entry[4..]) == sections[i].ElementSize
                && BinaryPrimitives.ReadInt64LittleEndian(entry[8..]) == sections[i].Offset
                && BinaryPrimitives.ReadInt64LittleEndian(entry[16..]) == sections[i].Length;
            checksums[i] = BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]);
        }

        var marketText = ReadText(span[MarketAt..SymbolAt], path);
        var intervalText = ReadText(span[IntervalAt..GeneratedAt], path);
        if (!inPlace || marketText is not ("spot" or "perp") || !Interval.TryParse(intervalText, out var interval)
            || interval.Milliseconds != BinaryPrimitives.ReadInt64LittleEndian(span[32..]))
        {
            throw Damaged(path, $"section table, market '{marketText}' or interval '{intervalText}' do not fit the format");
        }

        var generatedBy = ReadText(span[GeneratedAt..ChecksumAt], path);
        return new CandleFileHeader
        {
            Instrument = new InstrumentId(
                ReadText(span[ExchangeAt..MarketAt], path),
                marketText == "spot" ? MarketKind.Spot : MarketKind.Perp,
                ReadText(span[SymbolAt..IntervalAt], path)),
            Interval = interval,
            StartTime = BinaryPrimitives.ReadInt64LittleEndian(span[24..]),
            Count = count,
            Holes = holes,
            PriceDecimals = span[48],
            VolumeDecimals = span[49],
            Fingerprint = Convert.ToHexStringLower(span[64..96]),
            GeneratedBy = generatedBy.Length == 0 ? null : generatedBy,
            Checksums = checksums,
        };
    }

    private static void WriteText(Span<byte> slot, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length > slot.Length - 2)
        {
            throw new DataException($"'{text}' takes {length} bytes in a candle file's header; at most {slot.Length - 2} are allowed. Use a shorter name");
        }

        BinaryPrimitives.WriteUInt16LittleEndian(slot, (ushort)length);
        Encoding.UTF8.GetBytes(text, slot[2..]);
    }

    private static string ReadText(ReadOnlySpan<byte> slot, string path)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(slot);
        return length <= slot.Length - 2
            ? Encoding.UTF8.GetString(slot.Slice(2, length))
            : throw Damaged(path, $"a text of {length} bytes in a slot of {slot.Length - 2}");
    }
}
