namespace Trellis.Simulator.Exchange;

/// <summary>
/// Something beside the engine that must come back with it after a kill, such as what the market has shown. A snapshot holds what
/// <see cref="Capture"/> says; batches that the log holds beyond the snapshot are observed again.
/// </summary>
public interface IKeptPart
{
    /// <summary>Names the part in the file; lower case.</summary>
    string Name { get; }

    /// <summary>Called on the observers' loop, between two batches.</summary>
    byte[] Capture();

    /// <summary>Called before the first batch, with what <see cref="Capture"/> said.</summary>
    void Restore(ReadOnlySpan<byte> state);
}
