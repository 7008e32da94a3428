using System.Buffers;
using Trellis.Core.Matching.State;

namespace Trellis.Simulator.Keeping;

/// <summary>The lines inside the frames of a state file: a word that says what it is, a blank, and its JSON.</summary>
internal static class StateLine
{
    private static readonly StateVocabulary Vocabulary =
        StateVocabulary.Matching.With(("settings", KeepingJson.Default.KeptSettings), ("part", KeepingJson.Default.KeptPart));

    /// <param name="content">A command, settings, an engine's state or a part.</param>
    public static void Write(ArrayBufferWriter<byte> lines, object content) => Vocabulary.Write(lines, content);

    /// <summary>The contents of a frame, in order.</summary>
    /// <exception cref="FormatException">A line can't be understood; the message says which.</exception>
    public static IEnumerable<object> ReadAll(ReadOnlyMemory<byte> lines)
    {
        while (lines.Length > 0)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw new FormatException("its last line has no end");
            }

            yield return Vocabulary.Read(lines.Span[..end]);
            lines = lines[(end + 1)..];
        }
    }
}
