using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Trellis.Bench;

/// <summary>Ctrl-C and SIGTERM, as something to wait for: whoever started processes ends them before it goes.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> signals = [];

    public Interruption()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                source.Cancel();
            }));
        }
    }

    public CancellationToken Token => source.Token;

    /// <summary>Hands a signal on to a process of ours and lets it end by itself.</summary>
    public static Interruption Follow(Process process)
    {
        var interruption = new Interruption();
        interruption.Token.Register(() =>
        {
            try
            {
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            }
            catch (Exception error) when (error is InvalidOperationException or Win32Exception)
            {
                // It is gone already.
            }
        });
        return interruption;
    }

    public void Dispose()
    {
        signals.ForEach(signal => signal.Dispose());
        source.Dispose();
    }
}
