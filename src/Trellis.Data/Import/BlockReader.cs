using System.Collections.Concurrent;
using Trellis.Core;

namespace Trellis.Data.Import;

/// <summary>
/// Reads (and decompresses) texts on a thread of its own and hands their bytes on in blocks of whole lines,
/// so that unpacking and parsing share two cores.
/// </summary>
internal sealed class BlockReader : IDisposable
{
    private const int BlockBytes = 1 << 20;
    private const int BlocksInFlight = 4;

    private readonly BlockingCollection<Block> full = new(BlocksInFlight);
    private readonly ConcurrentBag<byte[]> spare = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task reading;

    public BlockReader(IReadOnlyList<string> paths) => reading = Task.Run(() => ReadAll(paths));

    /// <summary>The blocks in order. A block must be given back by <see cref="Return"/>.</summary>
    /// <exception cref="DataException">A file can't be read or unpacked.</exception>
    public IEnumerable<Block> Blocks()
    {
        foreach (var block in full.GetConsumingEnumerable())
        {
            yield return block;
        }

        reading.GetAwaiter().GetResult();
    }

    public void Return(Block block) => spare.Add(block.Buffer);

    public void Dispose()
    {
        stop.Cancel();
        try
        {
            reading.Wait();
        }
        catch (AggregateException)
        {
            // Whoever stops early already has an error of its own to tell.
        }

        full.Dispose();
        stop.Dispose();
    }

    private void ReadAll(IReadOnlyList<string> paths)
    {
        try
        {
            long before = 0;
            foreach (var path in paths)
            {
                try
                {
                    using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
                    var length = file.Length;
                    foreach (var source in TextSource.In(path, file))
                    {
                        ReadOne(source, file, before);
                    }

                    before += length;
                }
                catch (Exception error) when (IoReason.Covers(error))
                {
                    throw new DataException($"{path}: can't be read: {IoReason.Of(error)}. Check that the file is complete and CSV, gzip or zip. Nothing was imported", error);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The consumer has left.
        }
        finally
        {
            full.CompleteAdding();
        }
    }

    private void ReadOne(TextSource source, FileStream file, long before)
    {
        using var text = source.Open();
        var crc = 0u;
        var size = 0L;
        var tail = Array.Empty<byte>();
        var first = true;
        while (true)
        {
            var buffer = spare.TryTake(out var used) ? used : new byte[BlockBytes];
            tail.CopyTo(buffer, 0);
            var read = text.ReadAtLeast(buffer.AsSpan(tail.Length), buffer.Length - tail.Length, throwOnEndOfStream: false);
            crc = source.HasChecksum ? Crc32.Append(crc, buffer.AsSpan(tail.Length, read)) : 0;
            size += read;
            var length = tail.Length + read;
            var end = length < buffer.Length;
            var whole = end ? length : buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && !end)
            {
                throw new DataException($"{source.Name}: a line has more than {BlockBytes} bytes; this is not a candle CSV. Nothing was imported");
            }

            tail = buffer[whole..length];
            full.Add(new Block(source.Name, buffer, whole, first, before + file.Position), stop.Token);
            first = false;
            if (end)
            {
                break;
            }
        }

        if (source.Complaint(size, crc) is { } complaint)
        {
            throw new DataException($"{source.Name}: {complaint}; fetch it again. Nothing was imported");
        }
    }
}

/// <summary>Whole lines of a text.</summary>
/// <param name="Starts">True for a text's first block.</param>
/// <param name="BytesRead">Bytes of all files so far, as they lie on disk.</param>
internal readonly record struct Block(string Source, byte[] Buffer, int Length, bool Starts, long BytesRead)
{
    public ReadOnlySpan<byte> Text => Buffer.AsSpan(0, Length);
}
