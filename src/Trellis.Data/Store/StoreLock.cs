using System.Security.Cryptography;
using System.Text;
using Trellis.Core;

namespace Trellis.Data.Store;

/// <summary>Keeps other processes from changing a candle file between reading and replacing it.</summary>
internal static class StoreLock
{
    /// <summary>Held until it is disposed of.</summary>
    /// <param name="path">The candle file; the lock is an empty file of the system's temporary folder, so that a store gets nothing from an import that fails.</param>
    /// <exception cref="DataException">Another process holds it, or the folder can't be written.</exception>
    public static IDisposable Take(string path)
    {
        try
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..16];
            return new FileStream(Path.Combine(Path.GetTempPath(), $"trellis-{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: can't be changed now: {IoReason.Of(error)}. If another import is writing to it, run this one again when that has ended. Nothing was imported", error);
        }
    }
}
