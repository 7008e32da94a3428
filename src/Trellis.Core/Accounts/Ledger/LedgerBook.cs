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
        var lines = entry.Lines;
        for (var line = 0; line < lines.Length; line++)
        {
            if (!TryAdd(lines[line]))
            {
                TakeBack(lines[..line]);
                throw new RunException($"ledger: {entry.Text}: {lines[line].Amount} more and {lines[line].Account} would be out of bounds; balances up to {LargestBalance} either way are allowed");
            }
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

    private bool TryAdd(in Posting posting)
    {
        var (account, amount) = (posting.Account, posting.Amount);
        if (Math.Abs(amount) > LargestBalance)
        {
            return false;
        }

        ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, (account.Kind, account.Currency), out _);
        ref var balance = ref CollectionsMarshal.GetValueRefOrAddDefault(balances, account, out _);
        if (Math.Abs(total + amount) > LargestBalance || Math.Abs(balance + amount) > LargestBalance)
        {
            return false;
        }

        total += amount;
        balance += amount;
        return true;
    }

    /// <summary>Exactly: no balance was beyond its bounds.</summary>
    private void TakeBack(ReadOnlySpan<Posting> lines)
    {
        foreach (ref readonly var line in lines)
        {
            totals[(line.Account.Kind, line.Account.Currency)] -= line.Amount;
            balances[line.Account] -= line.Amount;
        }
    }
}
