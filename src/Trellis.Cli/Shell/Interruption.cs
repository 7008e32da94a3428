using System.Runtime.InteropServices;

namespace Trellis.Cli.Shell;

/// <summary>
/// Turns Ctrl-C and a service manager's stop into a cancellation. A command that does not answer within the grace period,
/// or a second signal, ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TimeProvider _time;
    private readonly Action<int> _end;
    private ITimer? _timer;
    private int _exitCode;

    /// <param name="time">The clock that measures the grace period.</param>
    /// <param name="end">Ends the process with the given exit code.</param>
    public Interruption(TimeProvider time, Action<int> end)
    {
        _time = time;
        _end = end;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCode.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCode.Terminated)));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that the first signal asks for; null while there was none.</summary>
    public int? ExitCodeOfSignal => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    /// <summary>Set for a command that can't be asked to stop: a signal then ends the process at once.</summary>
    public bool EndsAtOnce { get; set; }

    /// <summary>How long a command may take to stop in order.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _timer?.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0 || EndsAtOnce)
        {
            _end(exitCode);
            return;
        }

        _timer = _time.CreateTimer(_ => _end(exitCode), null, Grace, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
