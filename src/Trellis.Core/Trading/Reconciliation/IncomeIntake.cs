using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Trading.Accounting;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>Books every funding payment, transfer and other change of the wallet once.</summary>
internal sealed class IncomeIntake(LoopState state, MoneyCheck money)
{
    private const int MostKnown = 50_000;

    private readonly SeenIds known = new(MostKnown);

    public void Take(VenueIncome income)
    {
        // What happened before the books were opened is in the opening balance.
        if (!known.Add((int)income.Kind, income.Id) || !money.IsOpen || income.Time < money.OpenedAt || income.Amount == 0)
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
