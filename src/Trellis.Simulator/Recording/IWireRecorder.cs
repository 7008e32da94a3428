namespace Trellis.Simulator.Recording;

/// <summary>Writes down all that crosses the wire. Calls come from any thread and must return at once.</summary>
public interface IWireRecorder
{
    /// <summary>False where nothing is recorded, so that callers need not put a text together.</summary>
    bool IsOn { get; }

    void Request(string connection, string method, string target, ReadOnlySpan<byte> body);

    void Answer(string connection, int status, ReadOnlySpan<byte> body);

    void FrameIn(string connection, ReadOnlySpan<byte> text);

    void FrameOut(string connection, ReadOnlySpan<byte> text);
}

public sealed class NoRecorder : IWireRecorder
{
    public bool IsOn => false;

    public void Request(string connection, string method, string target, ReadOnlySpan<byte> body)
    {
    }

    public void Answer(string connection, int status, ReadOnlySpan<byte> body)
    {
    }

    public void FrameIn(string connection, ReadOnlySpan<byte> text)
    {
    }

    public void FrameOut(string connection, ReadOnlySpan<byte> text)
    {
    }
}
