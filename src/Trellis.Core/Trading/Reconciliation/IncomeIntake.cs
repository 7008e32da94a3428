using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>Books every funding payment, transfer and other change of the wallet once.</summary>
internal sealed class IncomeIntake(LoopState state, MoneyCheck money)
{
    private const int MostKnown = 50_000;

    /// <summary>No news is so late, milliseconds: what is told as just happened and is older by more than this happened on a market with a time of its own.</summary>
    private const long Latest = 3_600_000;

    private readonly SeenIds known = new(MostKnown);

    /// <summary>An entry of a list that goes back to some time.</summary>
    public void Take(VenueIncome income) => Take(income, income.Time < money.OpenedAt);

    /// <summary>An entry that was told as it happened.</summary>
    public void TakeNews(VenueIncome income) => Take(income, income.Time < money.OpenedAt && income.Time >= money.OpenedAt - Latest);

    /// <param name="isOpening">It happened before the books were opened and is in the opening balance.</param>
    private void Take(VenueIncome income, bool isOpening)
    {
        if (!known.Add((int)income.Kind, income.Id) || !money.IsOpen || isOpening || income.Amount == 0)
        {
            return;
        }

        var amount = decimal.Round(income.Amount, ExactDecimal.MoneyDecimals);
        var market = income.Instrument is { } instrument ? state.Market(instrument) : null;
        switch (income.Kind)
        {
            case VenueIncomeKind.Funding when market is not null && income.Currency == state.Settings.Currency:
                state.Books.BookFunding(market.Index, income);
                foreach (var lane in state.Bots.SelectMany(bot => bot.Lanes).Where(lane => ReferenceEquals(lane.Market, market)))
                {
                    lane.WasFunded = true;
                }

                break;
            case VenueIncomeKind.Transfer:
                state.Books.Post(LedgerEntries.Transfer(income.Currency, amount), income.Time, $"transfer {income.Id}");
                break;
            default:
                state.Books.Post(LedgerEntries.Correction(income.Currency, amount, $"{income.Kind} {income.Instrument} {income.Id}, no bot's"), income.Time, $"income {income.Id}");
                break;
        }
    }
}
