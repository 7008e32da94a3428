using Trellis.Core;

namespace Trellis.Data.Format;

/// <summary>Replaces a file as a whole: at every instant a reader sees the old content or the new, never a part.</summary>
public static class AtomicFile
{
    /// <exception cref="DataException">The file system refuses.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            try
            {
                using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: can't be written: {IoReason.Of(error)}. Check the folder's permissions and free space; nothing was changed", error);
        }
    }
}
