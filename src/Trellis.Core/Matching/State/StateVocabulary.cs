using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trellis.Core.Matching.State;

/// <summary>The lines that an exchange is kept in: a word that says what a line is, a blank, and its JSON.</summary>
public sealed class StateVocabulary
{
    private readonly FrozenDictionary<string, JsonTypeInfo> types;
    private readonly FrozenDictionary<Type, (byte[] Word, JsonTypeInfo Json)> words;

    private StateVocabulary(IEnumerable<KeyValuePair<string, JsonTypeInfo>> types)
    {
        this.types = types.ToFrozenDictionary(StringComparer.Ordinal);
        words = this.types.ToFrozenDictionary(entry => entry.Value.Type, entry => (Encoding.UTF8.GetBytes(entry.Key + " "), entry.Value));
    }

    /// <summary>Every command, and the state of an engine.</summary>
    public static StateVocabulary Matching { get; } = new(new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["engine"] = MatchingJson.Default.EngineState,
        ["open-account"] = MatchingJson.Default.OpenAccount,
        ["transfer"] = MatchingJson.Default.Transfer,
        ["place-order"] = MatchingJson.Default.PlaceOrder,
        ["amend-order"] = MatchingJson.Default.AmendOrder,
        ["cancel-order"] = MatchingJson.Default.CancelOrder,
        ["cancel-conditional"] = MatchingJson.Default.CancelConditional,
        ["cancel-all-orders"] = MatchingJson.Default.CancelAllOrders,
        ["cancel-all-conditionals"] = MatchingJson.Default.CancelAllConditionals,
        ["set-countdown"] = MatchingJson.Default.SetCountdown,
        ["set-leverage"] = MatchingJson.Default.SetLeverage,
        ["set-position-mode"] = MatchingJson.Default.SetPositionMode,
        ["set-margin-mode"] = MatchingJson.Default.SetMarginMode,
        ["pass-time"] = MatchingJson.Default.PassTime,
        ["move-market"] = MatchingJson.Default.MoveMarket,
        ["set-quotes"] = MatchingJson.Default.SetQuotes,
        ["trade-outside"] = MatchingJson.Default.TradeOutside,
        ["pass-candle"] = MatchingJson.Default.PassCandle,
        ["set-mark-price"] = MatchingJson.Default.SetMarkPrice,
        ["settle-funding"] = MatchingJson.Default.SettleFunding,
        ["change-rules"] = MatchingJson.Default.ChangeRules,
        ["halt-trading"] = MatchingJson.Default.HaltTrading,
        ["split-fills"] = MatchingJson.Default.SplitFills,
    });

    /// <summary>This vocabulary and more words.</summary>
    public StateVocabulary With(params IEnumerable<(string Word, JsonTypeInfo Type)> more) =>
        new(types.Concat(more.Select(entry => KeyValuePair.Create(entry.Word, entry.Type))));

    /// <summary>Writes one line, with its end.</summary>
    /// <param name="content">Of a type that has its word.</param>
    public void Write(IBufferWriter<byte> lines, object content)
    {
        var (word, json) = words[content.GetType()];
        lines.Write(word);
        using (var writer = new Utf8JsonWriter(lines))
        {
            JsonSerializer.Serialize(writer, content, json);
        }

        lines.Write("\n"u8);
    }

    /// <summary>What a line says, given without its end.</summary>
    /// <exception cref="FormatException">It can't be understood; the message says why.</exception>
    public object Read(ReadOnlySpan<byte> line)
    {
        var blank = line.IndexOf((byte)' ');
        var word = Encoding.UTF8.GetString(line[..Math.Max(blank, 0)]);
        if (!types.TryGetValue(word, out var type))
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
}
