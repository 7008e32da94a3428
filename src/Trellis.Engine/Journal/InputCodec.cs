using System.Text.Json;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Journal;

/// <summary>Inputs as the text that a journal keeps.</summary>
public static class InputCodec
{
    /// <summary>The name of an input's kind, such as <c>fill-reported</c>.</summary>
    public static string KindOf(TradingInput input) => JsonNamingPolicy.KebabCaseLower.ConvertName(input.GetType().Name);

    public static string Write(TradingInput input) => JsonSerializer.Serialize(input, JournalFormat.Input);

    /// <summary>Does what the first writing would do on the way: a start that has to wait for something else calls this meanwhile.</summary>
    public static void Prepare() => JournalFormat.Prepare();

    /// <exception cref="StorageException">The text is no input that this program knows.</exception>
    public static TradingInput Read(string text, long sequence)
    {
        try
        {
            return JsonSerializer.Deserialize(text, JournalFormat.Input) ?? throw new JsonException("null");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new StorageException(
                StorageFailure.Damaged,
                $"journal: input {sequence} can't be read: {exception.Message}. It was written by a newer program, or damaged",
                exception);
        }
    }
}
