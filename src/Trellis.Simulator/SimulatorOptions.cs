using System.Net;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator;

/// <summary>Everything that a person says about a simulator before it starts.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Opens the exchange's wire; the simulator closes it.</summary>
    public required Func<VenueContext, IVenue> OpenVenue { get; init; }

    /// <summary>At least one; names and keys are unique.</summary>
    public required IReadOnlyList<SimulatedAccount> Accounts { get; init; }

    /// <summary>What is traded, where its prices come from, and how fast time goes.</summary>
    public required MarketOptions Market { get; init; }

    /// <summary>Whether new accounts hold long and short positions apart.</summary>
    public bool HedgeMode { get; init; }

    /// <summary>Leverage of new accounts on every instrument.</summary>
    public int Leverage { get; init; } = 20;

    /// <summary>A script of faults; null for none.</summary>
    public string? FaultsFile { get; init; }

    /// <summary>Where the exchange is kept; null keeps nothing.</summary>
    public string? StateFile { get; init; }

    /// <summary>Where all that crosses the wire is written; null for nowhere.</summary>
    public string? RecordFile { get; init; }

    /// <summary>Opens the control API.</summary>
    public required string ControlToken { get; init; }

    /// <summary>The program's version, for the files that it writes.</summary>
    public required string Program { get; init; }
}

/// <summary>An account and the key that opens it.</summary>
/// <param name="Name">Names the account in the state file: keys may change, names stay.</param>
/// <param name="Balance">What it starts with, in the quote currency; above 0.</param>
public sealed record SimulatedAccount(string Name, string Key, string Secret, decimal Balance)
{
    /// <summary>Where the exchange asks for one beside key and secret.</summary>
    public string Passphrase { get; init; } = "";
}
