using System.Globalization;
using Trellis.Core;

namespace Trellis.Cli.Live;

/// <summary>
/// Ends the process at a named point, as a power cut would, so that tests can show that no instant is a bad one. Asked for by the variable
/// <c>TRELLIS_KILL_AT=POINT</c> or <c>POINT:N</c> (the N-th time that the point is reached).
/// </summary>
internal sealed class KillPoint
{
    public const string Variable = "TRELLIS_KILL_AT";

    private readonly string point;
    private int left;

    private KillPoint(string point, int left)
    {
        this.point = point;
        this.left = left;
    }

    /// <returns>Null where the variable is not set.</returns>
    /// <exception cref="ConfigurationException">It has no number behind its colon.</exception>
    public static Action<string>? FromEnvironment(Func<string, string?> environment)
    {
        if (environment(Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = text.Split(':');
        var times = 1;
        return parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out times) || times < 1))
            ? throw new ConfigurationException($"{Variable} '{text}' is not a point; allowed: NAME or NAME:N, N from 1 on")
            : new KillPoint(parts[0], times).Reach;
    }

    private void Reach(string name)
    {
        if (name == point && Interlocked.Decrement(ref left) == 0)
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.Kill();

            // The signal is on its way; nothing more may happen here.
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }
}
