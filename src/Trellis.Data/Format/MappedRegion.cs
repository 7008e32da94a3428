using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Trellis.Data.Format;

/// <summary>A whole file mapped read-only into memory.</summary>
internal sealed unsafe class MappedRegion : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private bool disposed;

    public MappedRegion(FileStream stream, long length)
    {
        Length = length;
        file = MemoryMappedFile.CreateFromFile(stream, mapName: null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        start = pointer + view.PointerOffset;
    }

    public long Length { get; }

    public ReadOnlyMemory<T> Column<T>(long offset, long bytes)
        where T : unmanaged => new MappedColumn<T>(this, offset, (int)(bytes / sizeof(T))).Memory;

    public Span<T> Span<T>(long offset, int elements)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(MappedCandles));
        return new Span<T>(start + offset, elements);
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        file.Dispose();
    }

    /// <summary>Lends a part of the mapping as memory; keeps the mapping alive while it is referenced.</summary>
    private sealed class MappedColumn<T>(MappedRegion region, long offset, int length) : MemoryManager<T>
        where T : unmanaged
    {
        public override Memory<T> Memory => CreateMemory(length);

        public override Span<T> GetSpan() => region.Span<T>(offset, length);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
            ObjectDisposedException.ThrowIf(region.disposed, typeof(MappedCandles));
            return new MemoryHandle((T*)(region.start + offset) + elementIndex, pinnable: this);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
