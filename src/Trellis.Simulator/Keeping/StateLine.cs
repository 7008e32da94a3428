using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;

namespace Trellis.Simulator.Keeping;

/// <summary>The lines inside the frames of a state file: a word that says what it is, a blank, and its JSON.</summary>
internal static class StateLine
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Types = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["settings"] = KeepingJson.Default.KeptSettings,
        ["engine"] = KeepingJson.Default.EngineState,
        ["part"] = KeepingJson.Default.KeptPart,
        ["open-account"] = KeepingJson.Default.OpenAccount,
        ["transfer"] = KeepingJson.Default.Transfer,
        ["place-order"] = KeepingJson.Default.PlaceOrder,
        ["amend-order"] = KeepingJson.Default.AmendOrder,
        ["cancel-order"] = KeepingJson.Default.CancelOrder,
        ["cancel-conditional"] = KeepingJson.Default.CancelConditional,
        ["cancel-all-orders"] = KeepingJson.Default.CancelAllOrders,
        ["cancel-all-conditionals"] = KeepingJson.Default.CancelAllConditionals,
        ["set-countdown"] = KeepingJson.Default.SetCountdown,
        ["set-leverage"] = KeepingJson.Default.SetLeverage,
        ["set-position-mode"] = KeepingJson.Default.SetPositionMode,
        ["set-margin-mode"] = KeepingJson.Default.SetMarginMode,
        ["pass-time"] = KeepingJson.Default.PassTime,
        ["move-market"] = KeepingJson.Default.MoveMarket,
        ["set-quotes"] = KeepingJson.Default.SetQuotes,
        ["trade-outside"] = KeepingJson.Default.TradeOutside,
        ["pass-candle"] = KeepingJson.Default.PassCandle,
        ["set-mark-price"] = KeepingJson.Default.SetMarkPrice,
        ["settle-funding"] = KeepingJson.Default.SettleFunding,
        ["change-rules"] = KeepingJson.Default.ChangeRules,
        ["halt-trading"] = KeepingJson.Default.HaltTrading,
        ["split-fills"] = KeepingJson.Default.SplitFills,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, (byte[] Word, JsonTypeInfo Json)> Words =
        Types.ToFrozenDictionary(entry => entry.Value.Type, entry => (Encoding.UTF8.GetBytes(entry.Key + " "), entry.Value));

    /// <param name="content">A command, settings, an engine's state or a part.</param>
    public static void Write(ArrayBufferWriter<byte> lines, object content)
    {
        var (word, json) = Words[content.GetType()];
        lines.Write(word);
        using (var writer = new Utf8JsonWriter(lines))
        {
            JsonSerializer.Serialize(writer, content, json);
        }

        lines.Write("\n"u8);
    }

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

            yield return Read(lines.Span[..end]);
            lines = lines[(end + 1)..];
        }
    }

    private static object Read(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        var word = Encoding.UTF8.GetString(line[..Math.Max(blank, 0)]);
        if (!Types.TryGetValue(word, out var type))
        {
            throw new FormatException($"it holds '{word}', which this version of Trellis does not know");
        }

        try
        {
            return JsonSerializer.Deserialize(line[(blank + 1)..], type) ?? throw new FormatException($"its '{word}' is empty");
        }
        catch (JsonException error)
        {
            throw new FormatException($"its '{word}' can't be read: {error.Message}", error);
        }
    }

    /// <summary>Whether a type of command has its word.</summary>
    public static bool Knows(Type type) => type.IsAssignableTo(typeof(MatchingCommand)) ? Words.ContainsKey(type) : type == typeof(EngineState);
}
