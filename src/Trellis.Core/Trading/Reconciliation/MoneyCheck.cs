using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>
/// The books are opened with the venue's wallet; from then on realized + unrealized + fees + funding + transfers explain every change of its equity,
/// at the venue's own mark prices. What they do not explain is a correction that is named and told.
/// </summary>
internal sealed class MoneyCheck(LoopState state, FillIntake fills)
{
    /// <summary>Venues tell money with eight decimals: so much may be lost in a number…</summary>
    private const decimal Rounding = 0.00000001m;

    /// <summary>…and this much altogether, before anything has been traded.</summary>
    private const decimal LeastTolerance = 0.000001m;

    private decimal? suspected;

    /// <summary>Fills that were booked when what is suspected was asked for.</summary>
    private long suspectedAt;

    /// <summary>…and when the venue was asked last.</summary>
    private long booked;

    /// <summary>Fills were told between that question and its answer.</summary>
    private bool hasTraded;

    public bool IsOpen { get; private set; }

    /// <summary>The exchange's clock when the opening balance was known.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Equity of the venue − equity of the books at the last look: what rounding has left.</summary>
    public decimal Difference { get; private set; }

    /// <summary>Sum of all corrections.</summary>
    public decimal Corrected { get; private set; }

    /// <summary>The venue is being asked for its balances.</summary>
    public void Asked() => booked = state.Books.Recent.Booked;

    /// <summary>The answer is there, and its own fills, which the venue told before its balances, are not booked yet.</summary>
    public void Answered() => hasTraded = state.Books.Recent.Booked > booked;

    /// <returns>Why money does not add up yet; null where it does.</returns>
    public string? Problem(VenueSnapshot snapshot)
    {
        if (!IsOpen)
        {
            Open(snapshot);
            return null;
        }

        // A snapshot that trading ran through proves nothing either way, and nor does one of an account whose fills are not all known.
        if (hasTraded || state.Markets.Any(market => fills.MayCome(market.Index)) || Wallet(snapshot) is not { } wallet)
        {
            return null;
        }

        Difference = wallet - state.Books.Ledger.Balance(LedgerAccount.Wallet(state.Settings.Currency)) + UnrealizedDifference(snapshot, out var size);
        var tolerance = LeastTolerance + (Rounding * (state.Books.Fills + size));
        if (Math.Abs(Difference) <= tolerance)
        {
            suspected = null;
            return null;
        }

        // Only with no fill since the first look is it certain that no fill of that time was missing.
        if (suspected is not { } before || Math.Abs(before - Difference) > tolerance || booked > suspectedAt)
        {
            suspected = Difference;
            suspectedAt = booked;
            state.WantReconcile("the balance does not add up");
            return null;
        }

        suspected = null;
        var amount = decimal.Round(Difference, ExactDecimal.MoneyDecimals);
        Corrected += amount;
        Difference = 0m;
        state.Books.Post(
            LedgerEntries.Correction(state.Settings.Currency, amount, "what fills, fees, funding and transfers do not explain"), snapshot.FinishedAt, $"reconciliation {snapshot.StartedAt}");
        state.Outbox.Alert(AlertLevel.Error, "balance-correction", -1, $"the exchange has {amount} {state.Settings.Currency} {(amount > 0 ? "more" : "less")} than the books explain; a correction was booked");
        return null;
    }

    private void Open(VenueSnapshot snapshot)
    {
        IsOpen = true;
        OpenedAt = snapshot.FinishedAt;
        foreach (var balance in snapshot.Balances)
        {
            if (balance.Wallet != 0)
            {
                state.Books.Post(LedgerEntries.Open(balance.Currency, decimal.Round(balance.Wallet, ExactDecimal.MoneyDecimals)), snapshot.FinishedAt, "opening balance");
            }
        }
    }

    private decimal? Wallet(VenueSnapshot snapshot) => snapshot.Balances.FirstOrDefault(balance => balance.Currency == state.Settings.Currency)?.Wallet;

    /// <summary>Unrealized profit as the venue has it − as the books have it, at the venue's mark price; spot positions have left the wallet.</summary>
    private decimal UnrealizedDifference(VenueSnapshot snapshot, out decimal size)
    {
        var difference = 0m;
        size = 0m;
        foreach (var market in state.Markets)
        {
            if (market.IsSpot)
            {
                continue;
            }

            var mark = 0m;
            decimal? entry = null;
            foreach (var row in snapshot.Positions)
            {
                if (row.Quantity == 0 || row.Instrument != market.Instrument.Id)
                {
                    continue;
                }

                mark = mark == 0 && row.MarkPrice > 0 ? row.MarkPrice : mark;
                entry ??= row.EntryPrice;
                difference += row.MarkPrice > 0 ? row.UnrealizedProfit : 0m;
                size += Math.Abs(row.Quantity) + 1m;
            }

            mark = mark == 0 ? entry ?? 0m : mark;
            difference -= state.Books.Unrealized(market.Index, mark == 0 ? market.Price : mark);
        }

        return difference;
    }
}
