using System.Collections.Concurrent;
using System.Text;
using Trellis.Simulator.Recording;

namespace Trellis.Simulator.Tests.Connections;

/// <summary>Remembers every frame.</summary>
internal sealed class TestRecorder : IWireRecorder
{
    public ConcurrentQueue<string> In { get; } = new();

    public ConcurrentQueue<string> Out { get; } = new();

    public bool IsOn { get; set; } = true;

    public void Request(string connection, string method, string target, ReadOnlySpan<byte> body)
    {
    }

    public void Answer(string connection, int status, ReadOnlySpan<byte> body)
    {
    }

    public void FrameIn(string connection, ReadOnlySpan<byte> text) => In.Enqueue(Encoding.UTF8.GetString(text));

    public void FrameOut(string connection, ReadOnlySpan<byte> text) => Out.Enqueue(Encoding.UTF8.GetString(text));
}
