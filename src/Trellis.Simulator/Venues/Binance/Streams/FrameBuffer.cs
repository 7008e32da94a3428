using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trellis.Simulator.Connections;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>Where one message after another is put together; used under the hub's lock.</summary>
internal sealed class FrameBuffer : IDisposable
{
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _wrapped = new();
    private readonly Utf8JsonWriter _writer;
    private readonly Utf8JsonWriter _wrapper;

    public FrameBuffer()
    {
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        _writer = new Utf8JsonWriter(_payload, options);
        _wrapper = new Utf8JsonWriter(_wrapped, options);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _wrapper.Dispose();
    }

    /// <summary>Starts the next message.</summary>
    public Utf8JsonWriter Begin()
    {
        _payload.ResetWrittenCount();
        _writer.Reset();
        return _writer;
    }

    /// <summary>The message as a raw stream has it.</summary>
    public OutboundFrame Raw()
    {
        _writer.Flush();
        return OutboundFrame.Text(_payload.WrittenSpan);
    }

    /// <summary>The message as a combined stream has it: with the stream's name around it.</summary>
    public OutboundFrame Combined(string stream)
    {
        _writer.Flush();
        _wrapped.ResetWrittenCount();
        _wrapper.Reset();
        _wrapper.WriteStartObject();
        _wrapper.WriteString("stream"u8, stream);
        _wrapper.WritePropertyName("data"u8);
        _wrapper.WriteRawValue(_payload.WrittenSpan, skipInputValidation: true);
        _wrapper.WriteEndObject();
        _wrapper.Flush();
        return OutboundFrame.Text(_wrapped.WrittenSpan);
    }
}
