using System.CommandLine;

namespace Trellis.Cli.Shell;

/// <summary>A command that takes longer than others to stop in order.</summary>
internal sealed class PatientCommand(string name, string description) : Command(name, description)
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);
}
