using System.Text;
using Serilog.Sinks.File;

namespace Trellis.Cli.Live.Logs;

/// <summary>A line that was cut when power or space was gone is ended before the file goes on: only that line can't be read.</summary>
internal sealed class WholeLines : FileLifecycleHooks
{
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (underlyingStream.Length > 0)
        {
            using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            reader.Seek(-1, SeekOrigin.End);
            if (reader.ReadByte() != '\n')
            {
                underlyingStream.Seek(0, SeekOrigin.End);
                underlyingStream.WriteByte((byte)'\n');
            }
        }

        return underlyingStream;
    }
}
