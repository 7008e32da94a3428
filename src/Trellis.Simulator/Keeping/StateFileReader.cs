using Trellis.Core;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;
using Trellis.Data;

namespace Trellis.Simulator.Keeping;

/// <summary>Reads a state file: whole, or not at all.</summary>
internal static class StateFileReader
{
    private const string Advice = "Nothing was changed. Bring the file back from a copy, or move it away to begin with a new exchange";

    /// <summary>What the file says; null where there is no file, or an empty one.</summary>
    /// <exception cref="DataException">The file can't be read, is no state file, or is damaged anywhere but in a last write that a kill cut off.</exception>
    public static KeptState? TryRead(string path)
    {
        try
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
            return file.Length == 0 ? null : Read(path, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"state file {path}: can't be read: {IoReason.Of(error)}", error);
        }
    }

    private static KeptState Read(string path, FileStream file)
    {
        var magic = new byte[StateFrame.Magic.Length];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.AsSpan().SequenceEqual(StateFrame.Magic))
        {
            throw new DataException($"state file {path}: is not a state file of this version's exchange simulator: it does not begin with {System.Text.Encoding.ASCII.GetString(StateFrame.Magic)}. {Advice}");
        }

        var content = new Content();
        var frames = 0;
        long torn = 0;
        while (file.Position < file.Length)
        {
            var offset = file.Position;
            if (ReadFrame(path, file) is not { } lines)
            {
                torn = file.Length - offset;
                break;
            }

            try
            {
                content.Add(StateLine.ReadAll(lines), isSnapshot: ++frames <= 2);
            }
            catch (FormatException error)
            {
                throw new DataException($"state file {path}: what begins at byte {offset} can't be understood: {error.Message}. {Advice}", error);
            }
        }

        // The settings and the snapshot are on disk before the file gets its name: a file without them was cut by something else.
        return frames >= 2 && content.Settings is not null
            ? content.ToState(torn)
            : throw Damaged(path, file.Length, "it ends before its snapshot does");
    }

    // The lines of the frame at the file's position; null where a kill cut it off.
    private static byte[]? ReadFrame(string path, FileStream file)
    {
        var offset = file.Position;
        var left = file.Length - offset;
        var header = new byte[StateFrame.HeaderBytes];
        if (left < header.Length)
        {
            return null;
        }

        file.ReadExactly(header);
        if (!StateFrame.TryReadLength(header, out var length))
        {
            return IsZero(header) && RestIsZero(file) ? null : throw Damaged(path, offset, "the checksum of what should begin there is wrong");
        }

        if (length > left - header.Length)
        {
            return null;
        }

        var lines = new byte[length];
        file.ReadExactly(lines);
        return StateFrame.Matches(header, lines) ? lines : throw Damaged(path, offset, $"the checksum of the {length} bytes from there is wrong");
    }

    // A machine that lost power may have noted a file's new length before its new content.
    private static bool RestIsZero(FileStream file)
    {
        var block = new byte[1 << 16];
        int read;
        while ((read = file.Read(block)) > 0)
        {
            if (!IsZero(block.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;

    private static DataException Damaged(string path, long offset, string how) => new($"state file {path}: damaged at byte {offset}: {how}. {Advice}");

    private sealed class Content
    {
        private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, byte[]> _later = new(StringComparer.Ordinal);
        private readonly List<MatchingCommand> _commands = [];
        private EngineState? _engine;

        public KeptSettings? Settings { get; private set; }

        public void Add(IEnumerable<object> lines, bool isSnapshot)
        {
            foreach (var line in lines)
            {
                switch (line)
                {
                    case MatchingCommand command when !isSnapshot:
                        _commands.Add(command);
                        break;
                    case KeptPart part:
                        (isSnapshot ? _parts : _later)[part.Name] = part.State;
                        break;
                    case EngineState engine when isSnapshot:
                        _engine = engine;
                        break;
                    case KeptSettings settings when isSnapshot:
                        Settings = settings;
                        break;
                    default:
                        throw new FormatException($"it holds a {line.GetType().Name} where none belongs");
                }
            }
        }

        public KeptState ToState(long torn) => new()
        {
            Settings = Settings!,
            Engine = _engine,
            Parts = _parts,
            LaterParts = _later,
            Commands = _commands,
            TornBytes = torn,
        };
    }
}
