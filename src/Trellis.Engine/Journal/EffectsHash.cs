using System.Text.Json;
using System.Buffers;
using Trellis.Core.Trading.Effects;

namespace Trellis.Engine.Journal;

/// <summary>64-bit FNV-1a over the canonical text of effects: equal effects, equal hash, on every machine.</summary>
public static class EffectsHash
{
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static ulong Of(IReadOnlyList<TradingEffect> effects)
    {
        var hash = Offset;
        if (effects.Count == 0)
        {
            return hash;
        }

        var text = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(text);
        foreach (var effect in effects)
        {
            JsonSerializer.Serialize(writer, effect, JournalFormat.Effect);
            writer.Flush();
            writer.Reset();
        }

        foreach (var letter in text.WrittenSpan)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }

        return hash;
    }
}
