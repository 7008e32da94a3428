namespace Trellis.Cli.Shell;

/// <summary>The exit codes that the shell itself decides on; 3 (data) comes from the error that carries it.</summary>
internal static class ExitCode
{
    public const int RuntimeFailure = 1;
    public const int Usage = 2;

    /// <summary>128 + SIGINT, as shells report a program ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
