using System.IO.Compression;
using Trellis.Core;

namespace Trellis.Data.Import;

/// <summary>A text inside a file: the file itself, its gzip content, or an entry of a zip archive. The kind is told by the first bytes.</summary>
internal sealed class TextSource(string name, Func<Stream> open, Func<long, uint, string?>? complaint)
{
    /// <summary>The file's path, with <c>!entry</c> behind it in an archive.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the content's length and CRC-32 must be looked at when all of it has been read.</summary>
    public bool HasChecksum => complaint is not null;

    /// <summary>What is wrong with a content of this length and CRC-32; null where it is whole.</summary>
    public string? Complaint(long length, uint crc) => complaint?.Invoke(length, crc);

    public Stream Open() => open();

    /// <summary>The texts of an open file, in the order of their names.</summary>
    /// <exception cref="DataException">A zip archive that can't be read or holds no CSV file.</exception>
    public static IEnumerable<TextSource> In(string path, Stream file)
    {
        Span<byte> magic = stackalloc byte[4];
        var length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length >= 2 && magic[0] == 0x1F && magic[1] == 0x8B)
        {
            return [new TextSource(
                path,
                () => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
                (size, crc) => GzipTrailer.Agrees(file, size, crc) ? null : "the gzip file is cut off or damaged: its end does not agree with its content")];
        }

        var zip = length == 4 && magic[0] == 'P' && magic[1] == 'K' && (magic[2], magic[3]) is (3, 4) or (5, 6);
        return zip ? Entries(path, file) : [new TextSource(path, () => file, complaint: null)];
    }

    private static List<TextSource> Entries(string path, Stream file)
    {
        var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var sources = archive.Entries
            .Where(entry => entry.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .Select(entry => new TextSource(
                $"{path}!{entry.FullName}",
                entry.Open,
                (_, crc) => crc == entry.Crc32 ? null : $"CRC-32 is {crc:x8}, the archive says {entry.Crc32:x8}. The archive is damaged"))
            .ToList();
        return sources.Count > 0
            ? sources
            : throw new DataException($"{path}: the zip archive holds no .csv file, but {string.Join(", ", archive.Entries.Select(entry => entry.FullName).Take(5))}. Give the archive of the klines");
    }
}
