using System.IO.Pipelines;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>Two ends of a line in memory. A writer waits while the other end leaves more than so many bytes unread.</summary>
internal sealed class DuplexStream : Stream
{
    private readonly Stream _reading;
    private readonly Stream _writing;

    private DuplexStream(PipeReader reader, PipeWriter writer) => (_reading, _writing) = (reader.AsStream(), writer.AsStream());

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (DuplexStream Server, DuplexStream Client) Pair(int unreadBytes = 64 << 10)
    {
        var options = new PipeOptions(pauseWriterThreshold: unreadBytes, resumeWriterThreshold: unreadBytes / 2, useSynchronizationContext: false);
        var (up, down) = (new Pipe(options), new Pipe(options));
        return (new DuplexStream(up.Reader, down.Writer), new DuplexStream(down.Reader, up.Writer));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _writing.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => _writing.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => _reading.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => _writing.Write(buffer, offset, count);

    public override void Flush() => _writing.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reading.Dispose();
            _writing.Dispose();
        }

        base.Dispose(disposing);
    }
}
