namespace Trellis.Storage.Databases;

/// <summary>A name that this process holds until it is disposed, or until what holds it is lost.</summary>
internal interface IHeldLock : IAsyncDisposable
{
    /// <summary>Asks whoever keeps it; false where nobody answers.</summary>
    Task<bool> IsHeldAsync(CancellationToken cancellation);
}
