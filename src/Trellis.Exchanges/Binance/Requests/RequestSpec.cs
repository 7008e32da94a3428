namespace Trellis.Exchanges.Binance.Requests;

/// <summary>What a request needs to be let in.</summary>
internal enum Access
{
    Public,
    Key,
    Signature,
}

/// <summary>What a request is for: who goes first where requests are scarce, and whether it may be sent again.</summary>
internal enum Purpose
{
    /// <summary>A question: sent again after a failure, waits for room.</summary>
    Read,

    /// <summary>Makes or changes an order: sent once, never waits.</summary>
    Order,

    /// <summary>Takes risk away: sent again after a failure, has room of its own, and is not held back by failures of others.</summary>
    Cancel,

    /// <summary>Sets something to a value: may be sent again.</summary>
    Setting,
}

/// <summary>A request before it is signed.</summary>
/// <param name="Weight">What it costs of the address's minute.</param>
internal sealed record RequestSpec(HttpMethod Method, string Path, int Weight, Access Access, Purpose Purpose)
{
    public RequestParameters Parameters { get; init; } = new();

    /// <summary>What it costs of the account's order counts, in 10 seconds and in a minute.</summary>
    public (int TenSeconds, int Minute) Orders { get; init; }

    /// <summary>Whether it goes to the wallet's service instead of the futures'.</summary>
    public bool IsWallet { get; init; }
}
