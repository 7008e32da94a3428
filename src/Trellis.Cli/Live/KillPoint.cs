using System.Globalization;
using Trellis.Core;

namespace Trellis.Cli.Live;

/// <summary>
/// Ends the process at a named point, as a power cut would, so that tests can show that no instant is a bad one. Asked for by the variable
/// <c>TRELLIS_KILL_AT=POINT</c> or <c>POINT:N</c> (the N-th time that the point is reached), or by <c>@FILE</c>: a file that says so as soon as it is there,
/// so that a bot at work can be told which instant is its last.
/// </summary>
internal sealed class KillPoint
{
    public const string Variable = "TRELLIS_KILL_AT";

    private readonly string file;
    private readonly Lock gate = new();
    private volatile Target? target;

    private KillPoint(string file, Target? target)
    {
        this.file = file;
        this.target = target;
    }

    /// <returns>Null where the variable is not set.</returns>
    /// <exception cref="ConfigurationException">It has no number behind its colon.</exception>
    public static Action<string>? FromEnvironment(Func<string, string?> environment) => environment(Variable) switch
    {
        null or "" => null,
        ['@', .. var file] => new KillPoint(file, null).Reach,
        var text => new KillPoint("", Target.Parse(text)).Reach,
    };

    private void Reach(string name)
    {
        if ((target ?? Look()) is { } armed && name == armed.Point && Interlocked.Decrement(ref armed.Left) == 0)
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.Kill();

            // The signal is on its way; nothing more may happen here.
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }

    private Target? Look()
    {
        if (!File.Exists(file))
        {
            return null;
        }

        lock (gate)
        {
            return target ??= Target.Parse(File.ReadAllText(file).Trim());
        }
    }

    private sealed class Target(string point, int left)
    {
        public readonly string Point = point;

        public int Left = left;

        public static Target Parse(string text)
        {
            var parts = text.Split(':');
            var times = 1;
            return parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out times) || times < 1))
                ? throw new ConfigurationException($"{Variable} '{text}' is not a point; allowed: NAME, NAME:N with N from 1 on, or @FILE with one of them in it")
                : new Target(parts[0], times);
        }
    }
}
