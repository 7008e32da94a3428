using Trellis.Core;
using Trellis.Data;

namespace Trellis.Simulator.Keeping;

/// <summary>Keeps two simulators from one state file. The system frees it when the process ends, however it ends.</summary>
internal static class StateLock
{
    /// <summary>Held until it is disposed of; an empty file <c>FILE.lock</c> beside the state file, which stays.</summary>
    /// <exception cref="RunException">Another simulator holds it, or the folder can't be written.</exception>
    public static IDisposable Take(string path)
    {
        var name = path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"state file {path}: can't be taken: {IoReason.Of(error)}. If another simulator runs with it, stop that one or name another file (the lock is {name})", error);
        }
    }
}
