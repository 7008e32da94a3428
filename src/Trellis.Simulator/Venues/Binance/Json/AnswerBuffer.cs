using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>Where an answer is put together; lent out and taken back, so that requests allocate none.</summary>
internal sealed class AnswerBuffer : IDisposable
{
    private const int Largest = 1 << 20;
    private static readonly ConcurrentBag<AnswerBuffer> Pool = [];

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private AnswerBuffer() =>
        Writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Writer.Flush();
            return _bytes.WrittenMemory;
        }
    }

    public static AnswerBuffer Rent() => Pool.TryTake(out var buffer) ? buffer : new AnswerBuffer();

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset();
    }

    public void Dispose()
    {
        Clear();
        if (_bytes.Capacity <= Largest)
        {
            Pool.Add(this);
        }
    }
}
