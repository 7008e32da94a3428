namespace Trellis.Core.Matching.Accounts;

/// <summary>Names an account of the exchange: an index from 0 in the order in which accounts were opened.</summary>
public readonly record struct AccountId(int Value)
{
    public override string ToString() => $"account {Value}";
}
