using System.Runtime.InteropServices;

namespace Trellis.Core.Accounts.Ledger;

/// <summary>The balances of all accounts. Only balanced entries change them, so in each currency they always sum to 0.</summary>
public sealed class LedgerBook
{
    /// <summary>The largest balance, either sign: below it a decimal adds amounts of twelve decimals without rounding.</summary>
    public const decimal LargestBalance = 1e16m;

    private readonly Dictionary<LedgerAccount, decimal> balances = new(new SameAccount());
    private readonly Dictionary<(LedgerAccountKind Kind, string Currency), decimal> totals = new(new SameAccount());

    public IReadOnlyDictionary<LedgerAccount, decimal> Balances => balances;

    /// <exception cref="RunException">A balance would leave ± <see cref="LargestBalance"/>; nothing is booked then.</exception>
    public void Post(JournalEntry entry)
    {
        foreach (var posting in entry.Postings)
        {
            var after = Total(posting.Account.Kind, posting.Account.Currency) + posting.Amount;
            if (Math.Abs(after) > LargestBalance || Math.Abs(Balance(posting.Account) + posting.Amount) > LargestBalance)
            {
                throw new RunException($"ledger: {entry.Text}: {posting.Account} would stand at {after}; balances up to {LargestBalance} either way are allowed");
            }
        }

        foreach (var posting in entry.Postings)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(balances, posting.Account, out _) += posting.Amount;
            CollectionsMarshal.GetValueRefOrAddDefault(totals, (posting.Account.Kind, posting.Account.Currency), out _) += posting.Amount;
        }
    }

    public decimal Balance(LedgerAccount account) => balances.GetValueOrDefault(account);

    /// <summary>Sum of all accounts of a kind in a currency.</summary>
    public decimal Total(LedgerAccountKind kind, string currency) => totals.GetValueOrDefault((kind, currency));

    /// <summary>Profit, fees, funding and the like of a kind as people count them: what was gained is positive.</summary>
    public decimal Gain(LedgerAccountKind kind, string currency) => -Total(kind, currency);

    /// <summary>
    /// Wallet with positions at cost: opening + realized + fees + funding + transfers + corrections. With the
    /// unrealized profit of all positions added it is the equity.
    /// </summary>
    public decimal BookValue(string currency) =>
        Total(LedgerAccountKind.Wallet, currency) + Total(LedgerAccountKind.Settlement, currency) + Total(LedgerAccountKind.PositionCost, currency);
}
