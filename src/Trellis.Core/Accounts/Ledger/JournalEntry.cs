namespace Trellis.Core.Accounts.Ledger;

/// <summary>One line of a journal entry.</summary>
/// <param name="Amount">At most twelve decimals; positive where the account gains.</param>
public readonly record struct Posting(LedgerAccount Account, decimal Amount);

/// <summary>Postings that belong together and balance to zero in each currency.</summary>
public sealed class JournalEntry
{
    private readonly Posting[] postings;

    /// <param name="text">What happened, for people.</param>
    /// <param name="postings">Lines of 0 are left out.</param>
    /// <exception cref="RunException">The postings don't balance, or an amount is finer than 10^-12.</exception>
    public JournalEntry(string text, params IEnumerable<Posting> postings)
    {
        Text = text;
        var given = postings as IReadOnlyList<Posting> ?? [.. postings];
        var count = 0;
        for (var i = 0; i < given.Count; i++)
        {
            count += given[i].Amount != 0 ? 1 : 0;
        }

        this.postings = new Posting[count];
        var next = 0;
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i].Amount != 0)
            {
                this.postings[next++] = given[i];
            }
        }

        for (var i = 0; i < this.postings.Length; i++)
        {
            if (IsFirstIn(i))
            {
                CheckBalance(this.postings[i].Account.Currency);
            }

            if (!ExactDecimal.IsMoney(this.postings[i].Amount))
            {
                throw new RunException($"ledger: {text}: {this.postings[i].Amount} on {this.postings[i].Account} is finer than 10^-12; round it before it is booked");
            }
        }
    }

    public string Text { get; }

    public IReadOnlyList<Posting> Postings => postings;

    /// <summary>Whether no line before this one is in its currency: each currency is summed up once.</summary>
    private bool IsFirstIn(int line)
    {
        for (var before = 0; before < line; before++)
        {
            if (postings[before].Account.Currency == postings[line].Account.Currency)
            {
                return false;
            }
        }

        return true;
    }

    private void CheckBalance(string currency)
    {
        var sum = 0m;
        foreach (ref readonly var posting in postings.AsSpan())
        {
            sum += posting.Account.Currency == currency ? posting.Amount : 0m;
        }

        if (sum != 0)
        {
            throw new RunException($"ledger: {Text}: the postings in {currency} sum to {sum}; a journal entry balances to 0 in each currency");
        }
    }
}
