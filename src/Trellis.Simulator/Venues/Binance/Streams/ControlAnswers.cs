using System.Text.Json;
using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>Answers to requests, as frames.</summary>
internal static class ControlAnswers
{
    /// <summary><c>{"result":null,"id":1}</c></summary>
    public static OutboundFrame Done(FrameBuffer buffer, string id) => Answer(buffer, id, static writer => writer.WriteNullValue());

    public static OutboundFrame Flag(FrameBuffer buffer, string id, bool value) => Answer(buffer, id, writer => writer.WriteBooleanValue(value));

    public static OutboundFrame Names(FrameBuffer buffer, string id, IEnumerable<string> names) => Answer(buffer, id, writer =>
    {
        writer.WriteStartArray();
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    });

    // Binance's pages show code and message at the top, its servers send them inside of "error": clients look for one or the other.
    public static OutboundFrame Error(FrameBuffer buffer, ControlError error)
    {
        var writer = buffer.Begin();
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        Write(writer, error);
        writer.WriteEndObject();
        Write(writer, error);
        if (error.Id is { } id)
        {
            WriteId(writer, id);
        }

        writer.WriteEndObject();
        return buffer.Raw();
    }

    private static void Write(Utf8JsonWriter writer, ControlError error)
    {
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("msg"u8, error.Message);
    }

    private static OutboundFrame Answer(FrameBuffer buffer, string id, Action<Utf8JsonWriter> writeResult)
    {
        var writer = buffer.Begin();
        writer.WriteStartObject();
        writer.WritePropertyName("result"u8);
        writeResult(writer);
        WriteId(writer, id);
        writer.WriteEndObject();
        return buffer.Raw();
    }

    private static void WriteId(Utf8JsonWriter writer, string id)
    {
        writer.WritePropertyName("id"u8);
        writer.WriteRawValue(id, skipInputValidation: true);
    }
}
