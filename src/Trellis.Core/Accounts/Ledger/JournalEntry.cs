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
    public JournalEntry(string text, IReadOnlyList<Posting> postings)
        : this([.. postings.Where(posting => posting.Amount != 0)], text)
    {
    }

    private JournalEntry(Posting[] postings, string text)
    {
        Text = text;
        this.postings = postings;
        for (var i = 0; i < postings.Length; i++)
        {
            if (IsFirstIn(i))
            {
                CheckBalance(postings[i].Account.Currency);
            }

            if (!ExactDecimal.IsMoney(postings[i].Amount))
            {
                throw new RunException($"ledger: {text}: {postings[i].Amount} on {postings[i].Account} is finer than 10^-12; round it before it is booked");
            }
        }
    }

    public string Text { get; }

    public IReadOnlyList<Posting> Postings => postings;

    internal ReadOnlySpan<Posting> Lines => postings;

    /// <inheritdoc cref="JournalEntry(string, IReadOnlyList{Posting})"/>
    public static JournalEntry Of(string text, params ReadOnlySpan<Posting> postings)
    {
        var count = 0;
        foreach (ref readonly var posting in postings)
        {
            count += posting.Amount != 0 ? 1 : 0;
        }

        var lines = new Posting[count];
        var next = 0;
        foreach (ref readonly var posting in postings)
        {
            if (posting.Amount != 0)
            {
                lines[next++] = posting;
            }
        }

        return new JournalEntry(lines, text);
    }

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
