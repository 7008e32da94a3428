using System.Text;
using Serilog.Sinks.File;

namespace Trellis.Cli.Live.Logs;

/// <summary>
/// Knows whether there is a file: a sink that can't open one keeps quiet and drops what it is given. And a line that was cut when power or space
/// was gone is ended before the file goes on: only that line can't be read.
/// </summary>
internal sealed class OpenedFile : FileLifecycleHooks
{
    private Stream? stream;

    /// <summary>False before the first one was opened, and after one was closed that no other has followed.</summary>
    public bool IsOpen => stream is { CanWrite: true };

    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (underlyingStream.Length > 0)
        {
            using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            reader.Seek(-1, SeekOrigin.End);
            if (reader.ReadByte() != '\n')
            {
                underlyingStream.WriteByte((byte)'\n');
            }
        }

        stream = underlyingStream;
        return underlyingStream;
    }
}
