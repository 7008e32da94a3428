namespace Trellis.Core.Accounts.Ledger;

/// <summary>
/// Compares accounts for the tables of a ledger. Every posting looks some up, and names have long beginnings in common: lengths and a few letters tell
/// them apart well enough.
/// </summary>
internal sealed class SameAccount : IEqualityComparer<LedgerAccount>, IEqualityComparer<(LedgerAccountKind Kind, string Currency)>
{
    public bool Equals(LedgerAccount x, LedgerAccount y) =>
        x.Kind == y.Kind && x.Owner.Side == y.Owner.Side && x.Currency == y.Currency && x.Owner.Bot == y.Owner.Bot && x.Owner.Instrument == y.Owner.Instrument;

    public int GetHashCode(LedgerAccount obj) =>
        ((((((int)obj.Kind * 3) + (int)obj.Owner.Side + 1) * 4_099) + Hash(obj.Currency)) * 4_099) + (Hash(obj.Owner.Bot) * 31) + Hash(obj.Owner.Instrument);

    public bool Equals((LedgerAccountKind Kind, string Currency) x, (LedgerAccountKind Kind, string Currency) y) => x.Kind == y.Kind && x.Currency == y.Currency;

    public int GetHashCode((LedgerAccountKind Kind, string Currency) obj) => ((int)obj.Kind * 4_099) + Hash(obj.Currency);

    private static int Hash(string name) =>
        name.Length == 0 ? 0 : (((((name.Length * 61) + name[0]) * 61) + name[^1]) * 61) + name[name.Length / 2] + (name[name.Length * 2 / 3] * 7);
}
