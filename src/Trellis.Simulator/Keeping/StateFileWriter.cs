using System.Buffers;
using Trellis.Core;
using Trellis.Core.Matching.State;
using Trellis.Data;
using Trellis.Data.Format;

namespace Trellis.Simulator.Keeping;

/// <summary>Writes a state file: a snapshot that replaces the file as a whole, then frames at its end. Used by one thread at a time.</summary>
internal sealed class StateFileWriter : IDisposable
{
    private readonly string _path;
    private readonly KeptSettings _settings;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private FileStream _file;

    private StateFileWriter(string path, KeptSettings settings, FileStream file)
    {
        _path = path;
        _settings = settings;
        _file = file;
    }

    /// <summary>Where the next frame will begin.</summary>
    public long Length { get; private set; }

    /// <summary>Puts a file with this snapshot in the place of what was there.</summary>
    /// <exception cref="RunException">The file system refuses; what was there is there still.</exception>
    public static StateFileWriter Create(string path, KeptSettings settings, EngineState? engine, IReadOnlyDictionary<string, byte[]> parts)
    {
        Replace(path, settings, engine, parts, []);
        var file = Open(path);
        return new StateFileWriter(path, settings, file) { Length = file.Length };
    }

    /// <summary>Adds lines to the frame that the next <see cref="Append"/> writes.</summary>
    public void Add(object content)
    {
        if (_buffer.WrittenCount == 0)
        {
            _buffer.Write(stackalloc byte[StateFrame.HeaderBytes]);
        }

        StateLine.Write(_buffer, content);
    }

    /// <summary>Writes what was added as one frame, not yet flushed to disk.</summary>
    public void Append()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        Write(_file, _buffer);
        Length = _file.Position;
    }

    public void FlushToDisk() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    /// <summary>
    /// Replaces the file by one that begins with a snapshot and goes on with what this one holds from <paramref name="tail"/> on. A kill on
    /// the way leaves the old file, which says the same.
    /// </summary>
    public void Replace(EngineState engine, IReadOnlyDictionary<string, byte[]> parts, long tail)
    {
        Append();
        _file.Dispose();
        var rest = ReadFrom(tail);
        Replace(_path, _settings, engine, parts, rest);
        _file = Open(_path);
        Length = _file.Length;
    }

    public void Dispose() => _file.Dispose();

    private static void Replace(string path, KeptSettings settings, EngineState? engine, IReadOnlyDictionary<string, byte[]> parts, byte[] rest)
    {
        try
        {
            AtomicFile.Write(path, stream => WriteWhole(stream, settings, engine, parts, rest));
        }
        catch (DataException error)
        {
            throw new RunException($"state file {error.Message}", error);
        }
    }

    private static void WriteWhole(FileStream stream, KeptSettings settings, EngineState? engine, IReadOnlyDictionary<string, byte[]> parts, byte[] rest)
    {
        if (!OperatingSystem.IsWindows())
        {
            // What opens streams is in it.
            File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        stream.Write(StateFrame.Magic);
        WriteFrame(stream, [settings]);
        WriteFrame(stream, [.. engine is null ? Array.Empty<object>() : [engine], .. parts.Select(part => new KeptPart(part.Key, part.Value))]);
        stream.Write(rest);
    }

    private static void WriteFrame(FileStream stream, IEnumerable<object> contents)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[StateFrame.HeaderBytes]);
        foreach (var content in contents)
        {
            StateLine.Write(buffer, content);
        }

        Write(stream, buffer);
    }

    private static void Write(FileStream stream, ArrayBufferWriter<byte> buffer)
    {
        // The buffer is ours alone; the header's place was left free at its start.
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;
        StateFrame.Seal(frame[..StateFrame.HeaderBytes], frame[StateFrame.HeaderBytes..]);
        stream.Write(frame);
        buffer.ResetWrittenCount();
    }

    private static FileStream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 1);
            file.Seek(0, SeekOrigin.End);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"state file {path}: can't be written: {IoReason.Of(error)}", error);
        }
    }

    private byte[] ReadFrom(long offset)
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        file.Seek(offset, SeekOrigin.Begin);
        var rest = new byte[file.Length - offset];
        file.ReadExactly(rest);
        return rest;
    }
}
