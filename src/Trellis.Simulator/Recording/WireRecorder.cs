using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Trellis.Core;
using Trellis.Data;

namespace Trellis.Simulator.Recording;

/// <summary>
/// Writes JSON lines to a file: <c>time</c> (UTC), <c>connection</c>, <c>kind</c> (<c>request</c>, <c>answer</c>, <c>frame-in</c>, <c>frame-out</c>)
/// and what crossed the wire. Callers only leave a copy; where they are faster than the disk for long, a line of kind <c>lost</c> says how
/// much is missing.
/// </summary>
public sealed class WireRecorder : IWireRecorder, IAsyncDisposable
{
    /// <summary>Bytes that may wait for the disk.</summary>
    private const long MostWaiting = 64 << 20;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly string _path;
    private readonly Stream _file;
    private readonly SecretMask _mask;
    private readonly TimeProvider _time;
    private readonly long _mostWaiting;
    private readonly Task _writing;
    private long _waiting;
    private long _lost;

    /// <param name="path">Appended to where it exists.</param>
    /// <param name="secrets">Values that must not be written, each with what stands in its place.</param>
    /// <exception cref="RunException">The file can't be opened.</exception>
    public WireRecorder(string path, IEnumerable<KeyValuePair<string, string>> secrets, TimeProvider time)
        : this(path, Open(path), secrets, time, MostWaiting)
    {
    }

    internal WireRecorder(string path, Stream file, IEnumerable<KeyValuePair<string, string>> secrets, TimeProvider time, long mostWaiting)
    {
        _path = path;
        _file = file;
        _mask = new SecretMask(secrets);
        _time = time;
        _mostWaiting = mostWaiting;
        _writing = Task.Run(WriteAllAsync);
    }

    public bool IsOn => true;

    /// <summary>Fails when the file can't be written; never completes otherwise.</summary>
    public Task Failure => _failure.Task;

    public void Request(string connection, string method, string target, ReadOnlySpan<byte> body) => Add("request", connection, method, target, 0, body);

    public void Answer(string connection, int status, ReadOnlySpan<byte> body) => Add("answer", connection, null, null, status, body);

    public void FrameIn(string connection, ReadOnlySpan<byte> text) => Add("frame-in", connection, null, null, 0, text);

    public void FrameOut(string connection, ReadOnlySpan<byte> text) => Add("frame-out", connection, null, null, 0, text);

    /// <summary>Ends when all that was recorded is in the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
        await _file.DisposeAsync();
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"recording {path}: can't be written: {IoReason.Of(error)}", error);
        }
    }

    private void Add(string kind, string connection, string? method, string? target, int status, ReadOnlySpan<byte> text)
    {
        var entry = new Entry(_time.GetUtcNow(), kind, connection, method, target, status, text.ToArray());
        if (Interlocked.Add(ref _waiting, entry.Size) > _mostWaiting || !_entries.Writer.TryWrite(entry))
        {
            Interlocked.Add(ref _waiting, -entry.Size);
            Interlocked.Increment(ref _lost);
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (await _entries.Reader.WaitToReadAsync())
            {
                while (_entries.Reader.TryRead(out var entry))
                {
                    Write(writer => entry.Write(writer, _mask));
                    Interlocked.Add(ref _waiting, -entry.Size);
                }

                WriteLost();
                await _file.FlushAsync();
            }

            WriteLost();
            await _file.FlushAsync();
        }
        catch (Exception error)
        {
            // Nobody reads any more: what comes is counted as lost until the simulator has stopped.
            _entries.Writer.TryComplete();
            _failure.TrySetException(new RunException($"recording {_path}: can't be written: {IoReason.Of(error)}. The simulator stops", error));
        }
    }

    private void WriteLost()
    {
        if (Interlocked.Exchange(ref _lost, 0) is var lost and > 0)
        {
            var now = _time.GetUtcNow();
            Write(writer =>
            {
                writer.WriteString("time", Entry.Text(now));
                writer.WriteString("kind", "lost");
                writer.WriteNumber("count", lost);
            });
        }
    }

    private void Write(Action<Utf8JsonWriter> content)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, Plain))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        _line.Write("\n"u8);
        _file.Write(_line.WrittenSpan);
    }

    private sealed record Entry(DateTimeOffset Time, string Kind, string Connection, string? Method, string? Target, int Status, byte[] Body)
    {
        private const int Overhead = 200;

        public long Size => Body.Length + (Target?.Length ?? 0) + Overhead;

        public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

        public void Write(Utf8JsonWriter writer, SecretMask mask)
        {
            writer.WriteString("time", Text(Time));
            writer.WriteString("connection", Connection);
            writer.WriteString("kind", Kind);
            if (Method is not null)
            {
                writer.WriteString("method", Method);
                writer.WriteString("target", mask.Apply(Target ?? ""));
            }

            if (Status != 0)
            {
                writer.WriteNumber("status", Status);
            }

            if (Body.Length > 0)
            {
                writer.WriteString(Kind.StartsWith("frame", StringComparison.Ordinal) ? "text" : "body", mask.Apply(Encoding.UTF8.GetString(Body)));
            }
        }
    }
}
