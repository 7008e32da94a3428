using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Quotes;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Accounting;

/// <summary>All money of the account: the ledger, and each owner's part of it. Every change is a balanced entry.</summary>
internal sealed class Books
{
    /// <summary>Owner of what the venue shows and no bot made.</summary>
    public const string ForeignName = "foreign";

    /// <summary>Owner of what a division among owners leaves.</summary>
    public const string RemainderName = "remainder";

    private readonly MarketState[] markets;
    private readonly Outbox outbox;
    private readonly RecentFills recent;

    public Books(TradingSettings settings, MarketState[] markets, Outbox outbox)
    {
        this.markets = markets;
        this.outbox = outbox;
        Currency = settings.Currency;
        Bots = [.. settings.Bots.Select(bot => new OwnerBook(bot.Name, markets.Length))];
        Foreign = new OwnerBook(ForeignName, markets.Length);
        Remainder = new OwnerBook(RemainderName, markets.Length);
        recent = new RecentFills(markets.Length);
    }

    public string Currency { get; }

    public OwnerBook[] Bots { get; }

    public OwnerBook Foreign { get; }

    public OwnerBook Remainder { get; }

    public LedgerBook Ledger { get; } = new();

    public RecentFills Recent => recent;

    /// <summary>Grows whenever a position changes.</summary>
    public long Version { get; private set; }

    /// <summary>Fills booked so far: each one may differ from the venue's own rounding.</summary>
    public long Fills { get; private set; }

    /// <summary>All bots and what is foreign.</summary>
    public IEnumerable<OwnerBook> Owners => Bots.Append(Foreign);

    /// <summary>The venue's position as the books have it, signed.</summary>
    public decimal VenueSize(int market, PositionSide side)
    {
        var sum = Foreign.Position(market, side).Size;
        foreach (var bot in Bots)
        {
            sum += bot.Position(market, side).Size;
        }

        return sum;
    }

    public decimal Unrealized(int market, decimal price)
    {
        var sum = Foreign.Unrealized(market, price, markets[market].Multiplier);
        foreach (var bot in Bots)
        {
            sum += bot.Unrealized(market, price, markets[market].Multiplier);
        }

        return sum;
    }

    /// <summary>Books a fill to an owner.</summary>
    /// <returns>What it realized, before its fee.</returns>
    public decimal Book(OwnerBook owner, VenueFill fill, int market)
    {
        var state = markets[market];
        var instrument = state.Instrument;
        ref var position = ref owner.Position(market, fill.PositionSide);
        var amount = decimal.Round(fill.Fee, ExactDecimal.MoneyDecimals);
        var inBase = state.IsSpot && fill.Side == Side.Buy && fill.FeeCurrency == instrument.BaseCurrency;
        var inQuote = fill.FeeCurrency.Length == 0 || fill.FeeCurrency == instrument.QuoteCurrency;
        var booked = new LedgerFill
        {
            Side = fill.Side,
            Quantity = fill.Quantity,
            Price = fill.Price,
            BaseFee = inBase ? amount : 0m,
            Fee = inBase ? -ExactDecimal.Product(amount, fill.Price, state.Multiplier) : inQuote ? -amount : 0m,
        };
        var before = position;
        var change = before.Apply(fill.Side, fill.Quantity - booked.BaseFee, fill.Price, state.Multiplier);
        position = change.After;
        Fills++;
        Version++;
        recent.Add(market, owner, fill);
        owner.Earn(market, new MarketResult(change.Realized, booked.Fee, 0m));
        var reference = $"fill {instrument.Id} {fill.TradeId}";
        Post(LedgerEntries.Fill(owner.Name, instrument, fill.PositionSide, before, booked, change), fill.Time, reference);
        if (!inBase && !inQuote && amount != 0)
        {
            var account = new LedgerAccount(LedgerAccountKind.Fees, fill.FeeCurrency, new LedgerOwner(owner.Name, instrument.Id.ToString(), PositionSide.Net));
            Post(JournalEntry.Of($"{owner.Name}: fee of a fill of {instrument.Id}", new(LedgerAccount.Wallet(fill.FeeCurrency), -amount), new(account, amount)), fill.Time, reference);
        }

        return change.Realized;
    }

    /// <summary>Splits a funding payment by the owners' shares of the position at its time; what the division leaves has an owner of its own.</summary>
    public void BookFunding(int market, VenueIncome income)
    {
        var amount = decimal.Round(income.Amount, ExactDecimal.MoneyDecimals);
        var sizes = Owners.Select(owner => (Owner: owner, Size: owner.Size(market) - recent.ChangeAfter(market, owner, income.Time))).Where(part => part.Size != 0).ToList();
        var whole = sizes.Sum(part => part.Size);
        var left = amount;
        foreach (var (owner, size) in sizes)
        {
            var share = whole == 0 ? 0m : ExactDecimal.Share(amount, size, whole);
            left -= share;
            Fund(owner, share);
        }

        Fund(Remainder, left);

        void Fund(OwnerBook owner, decimal share)
        {
            if (share != 0)
            {
                owner.Earn(market, new MarketResult(0m, 0m, share));
                Post(LedgerEntries.Funding(owner.Name, markets[market].Instrument, share), income.Time, $"funding {income.Id}");
            }
        }
    }

    public void Post(JournalEntry entry, long time, string reference)
    {
        Ledger.Post(entry);
        outbox.Add(new LedgerPosted(entry, time, reference));
    }
}
