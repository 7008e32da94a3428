using System.Buffers;

namespace Trellis.Simulator.Connections;

/// <summary>Gathers frames, so that many leave with one write; holds a buffer only while there is something in it.</summary>
internal sealed class WriteBatch(Stream stream) : IDisposable
{
    private const int Size = 16 << 10;

    private byte[]? _buffer;
    private int _length;
    private int _frames;

    public bool IsFull => _length > Size / 2;

    /// <param name="frame">Null counts as a frame of no bytes.</param>
    public async ValueTask AddAsync(OutboundFrame? frame, CancellationToken cancellation)
    {
        _frames++;
        var bytes = frame?.Bytes ?? default;
        if (_length + bytes.Length > Size)
        {
            await WriteAsync(cancellation);
        }

        if (bytes.Length > Size)
        {
            await stream.WriteAsync(bytes, cancellation);
            return;
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(Size);
        bytes.CopyTo(_buffer.AsMemory(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes what has been gathered, and says how many frames have left since it was called last.</summary>
    public async ValueTask<int> FlushAsync(CancellationToken cancellation)
    {
        await WriteAsync(cancellation);
        await stream.FlushAsync(cancellation);
        Return();
        var frames = _frames;
        _frames = 0;
        return frames;
    }

    public void Dispose() => Return();

    private async ValueTask WriteAsync(CancellationToken cancellation)
    {
        if (_length > 0)
        {
            await stream.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
            _length = 0;
        }
    }

    private void Return()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        _length = 0;
    }
}
