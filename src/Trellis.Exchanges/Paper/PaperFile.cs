using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Trellis.Core;
using Trellis.Core.Matching.State;

namespace Trellis.Exchanges.Paper;

/// <summary>
/// The file of a paper account: a first line that names the format, the state as it stood, then everything that came after, a line each. Lines begin with 16 hex digits of the
/// SHA-256 of the rest. The file is replaced as a whole when it has grown; a last line that a kill cut off counts as never written. One process at a time has it.
/// </summary>
internal sealed class PaperFile : IDisposable
{
    private const int DigestLength = 16;
    private const long LeastGrowth = 4 << 20;
    private const string Advice = "Nothing was changed. Bring the file back from a copy, or move it away to begin with a new paper account";

    private static readonly StateVocabulary Vocabulary =
        StateVocabulary.Matching.With(("paper", PaperJson.Default.PaperState), ("funding", PaperJson.Default.PaidFunding));

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly ArrayBufferWriter<byte> _line = new();
    private FileStream? _file;
    private long _dueAt;

    private PaperFile(string path, FileStream taken) => (_path, _lock) = (path, taken);

    /// <summary>Whether the file has grown so far that it should be replaced.</summary>
    public bool IsReplacementDue => _file is { } file && file.Position >= _dueAt;

    private static ReadOnlySpan<byte> Magic => "trellis paper account 1\n"u8;

    /// <summary>Takes the file, which nobody else may have.</summary>
    /// <exception cref="RunException">Another process has it, or its folder can't be written.</exception>
    public static PaperFile Take(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new PaperFile(path, new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"paper account {path}: can't be taken: {error.Message}. If another bot trades this account, stop it, or name another account (exchange.account)", error);
        }
    }

    /// <summary>The state and what came after it, in order; empty where there is no file.</summary>
    /// <exception cref="DataException">It can't be read, is no such file, or is damaged anywhere but in a last line that was cut off.</exception>
    public IReadOnlyList<object> Read()
    {
        byte[] content;
        try
        {
            content = File.Exists(_path) ? File.ReadAllBytes(_path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"paper account {_path}: can't be read: {error.Message}", error);
        }

        if (content.Length == 0)
        {
            return [];
        }

        if (!content.AsSpan().StartsWith(Magic))
        {
            throw new DataException($"paper account {_path}: is no paper account of this version: it does not begin with '{Encoding.UTF8.GetString(Magic).TrimEnd()}'. {Advice}");
        }

        var entries = new List<object>();
        for (var at = Magic.Length; at < content.Length;)
        {
            var length = content.AsSpan(at).IndexOf((byte)'\n');
            if (length < 0)
            {
                break;
            }

            entries.Add(ReadLine(content.AsSpan(at, length), at, entries.Count == 0));
            at += length + 1;
        }

        return entries.Count > 0 ? entries : throw Damaged(content.Length, "it ends before its state does");
    }

    /// <summary>Puts a state in the place of what was there: at every instant the file is the old one or the new one.</summary>
    /// <exception cref="RunException">The file system refuses.</exception>
    public void Replace(PaperState state) => Guard(() =>
    {
        var temporary = _path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            stream.Write(Magic);
            stream.Write(Line(state));
            stream.Flush(flushToDisk: true);
        }

        _file?.Dispose();
        File.Move(temporary, _path, overwrite: true);
        _file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 1);
        _file.Seek(0, SeekOrigin.End);
        _dueAt = _file.Length + Math.Max(LeastGrowth, _file.Length);
    });

    /// <summary>Writes commands and fundings, and returns when they are on disk.</summary>
    /// <exception cref="RunException">The file system refuses; whether they are in the file is not known.</exception>
    public void Append(IEnumerable<object> entries) => Guard(() =>
    {
        var file = _file ?? throw new InvalidOperationException("a paper account is written before it was opened");
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            lines.Write(Line(entry));
        }

        file.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        file.Flush(flushToDisk: true);
    });

    public void Dispose()
    {
        _file?.Dispose();
        _lock.Dispose();
    }

    private object ReadLine(ReadOnlySpan<byte> line, int at, bool isFirst)
    {
        if (line.Length <= DigestLength || line[DigestLength] != (byte)' ' || !line[..DigestLength].SequenceEqual(Digest(line[(DigestLength + 1)..])))
        {
            throw Damaged(at, "the checksum of the line that begins there is wrong");
        }

        object entry;
        try
        {
            entry = Vocabulary.Read(line[(DigestLength + 1)..]);
        }
        catch (FormatException error)
        {
            throw new DataException($"paper account {_path}: what begins at byte {at} can't be understood: {error.Message}. {Advice}", error);
        }

        return entry is PaperState == isFirst ? entry : throw Damaged(at, $"a {entry.GetType().Name} does not belong there");
    }

    private byte[] Line(object entry)
    {
        _line.ResetWrittenCount();
        Vocabulary.Write(_line, entry);
        return [.. Digest(_line.WrittenSpan[..^1]), (byte)' ', .. _line.WrittenSpan];
    }

    private static byte[] Digest(ReadOnlySpan<byte> text) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(text))[..DigestLength]);

    private DataException Damaged(int at, string how) => new($"paper account {_path}: damaged at byte {at}: {how}. {Advice}");

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"paper account {_path}: can't be written: {error.Message}. The paper exchange stops; what it answered is in the file", error);
        }
    }
}
