using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Accounts.Ledger;

public sealed class LedgerBookTests
{
    private static readonly LedgerAccount Wallet = LedgerAccount.Wallet("USDT");

    [Fact]
    public void An_entry_that_does_not_balance_is_refused()
    {
        var error = Should.Throw<RunException>(() => JournalEntry.Of("odd", new Posting(Wallet, 1m), new Posting(LedgerAccount.Opening("USDT"), -0.9m)));

        error.Message.ShouldContain("0.1");
    }

    [Fact]
    public void Currencies_balance_each_for_itself() => Should.Throw<RunException>(() => JournalEntry.Of(
        "mixed", new Posting(Wallet, 1m), new Posting(LedgerAccount.Opening("BTC"), -1m)));

    [Fact]
    public void An_amount_finer_than_the_twelfth_decimal_is_refused() => Should.Throw<RunException>(() => JournalEntry.Of(
        "fine", new Posting(Wallet, 1e-13m), new Posting(LedgerAccount.Opening("USDT"), -1e-13m)));

    [Fact]
    public void A_balance_that_would_lose_digits_is_refused_and_nothing_is_booked()
    {
        var ledger = new LedgerBook();
        ledger.Post(LedgerEntries.Open("USDT", 1e16m));

        Should.Throw<RunException>(() => ledger.Post(LedgerEntries.Transfer("USDT", 1m)));

        ledger.Balance(Wallet).ShouldBe(1e16m);
        ledger.Total(LedgerAccountKind.Transfers, "USDT").ShouldBe(0m);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_entry_of_which_only_the_last_line_is_too_much_leaves_no_line_behind(int sign)
    {
        var ledger = new LedgerBook();
        var (first, second) = (new LedgerAccount(LedgerAccountKind.Fees, "USDT", LedgerOwner.Shared), LedgerAccount.Opening("BNB"));
        ledger.Post(JournalEntry.Of("before", new Posting(second, sign * 1e16m), new Posting(LedgerAccount.Wallet("BNB"), -sign * 1e16m), new Posting(first, 3m), new Posting(Wallet, -3m)));

        Should.Throw<RunException>(() => ledger.Post(JournalEntry.Of("much", new Posting(first, 5m), new Posting(Wallet, -5m), new Posting(LedgerAccount.Wallet("BNB"), -sign), new Posting(second, sign))))
            .Message.ShouldContain("much");
        Should.Throw<RunException>(() => ledger.Post(JournalEntry.Of("huge", new Posting(first, 1e27m), new Posting(Wallet, -1e27m))));

        ledger.Balance(first).ShouldBe(3m);
        ledger.Balance(Wallet).ShouldBe(-3m);
        ledger.Total(LedgerAccountKind.Fees, "USDT").ShouldBe(3m);
        ledger.Balance(second).ShouldBe(sign * 1e16m);
        ledger.Balances.Where(balance => balance.Key.Currency == "BNB").Sum(balance => balance.Value).ShouldBe(0m);
    }

    [Fact]
    public void A_fee_in_base_currency_leaves_the_rest_of_the_purchase_as_the_position()
    {
        var spot = Instrument(MarketKind.Spot);
        var fill = new LedgerFill { Side = Side.Buy, Quantity = 2m, Price = 100m, BaseFee = 0.002m, Fee = -0.2m };
        var change = default(LedgerPosition).Apply(Side.Buy, 1.998m, 100m, 1m);
        var ledger = new LedgerBook();
        ledger.Post(LedgerEntries.Open("USDT", 1_000m));
        ledger.Post(LedgerEntries.Fill("bot", spot, PositionSide.Net, default, fill, change));

        ledger.Balance(Wallet).ShouldBe(800m);
        ledger.Total(LedgerAccountKind.Holding, "BTC").ShouldBe(1.998m);
        ledger.Total(LedgerAccountKind.Fees, "BTC").ShouldBe(0.002m);
        ledger.Total(LedgerAccountKind.PositionCost, "USDT").ShouldBe(199.8m);
        ledger.Gain(LedgerAccountKind.Fees, "USDT").ShouldBe(-0.2m);
    }

    [Fact]
    public void A_perpetual_position_leaves_the_wallet_alone_until_something_is_realized()
    {
        var perp = Instrument(MarketKind.Perp);
        var ledger = new LedgerBook();
        ledger.Post(LedgerEntries.Open("USDT", 1_000m));
        var opened = Book(ledger, perp, default, new LedgerFill { Side = Side.Sell, Quantity = 1m, Price = 100m, Fee = 0m });
        ledger.Balance(Wallet).ShouldBe(1_000m);

        Book(ledger, perp, opened, new LedgerFill { Side = Side.Buy, Quantity = 1m, Price = 90m, Fee = 0m });
        ledger.Balance(Wallet).ShouldBe(1_010m);
        ledger.Total(LedgerAccountKind.Settlement, "USDT").ShouldBe(0m);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_sums_are_zero_and_equity_is_explained(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 100; run++)
        {
            RandomLife(random);
        }
    }

    private static void RandomLife(Random random)
    {
        var instrument = Instrument((MarketKind)random.Next(2), random.Next(2) == 0 ? 1m : 0.001m);
        var isSpot = instrument.Id.Market == MarketKind.Spot;
        var ledger = new LedgerBook();
        ledger.Post(LedgerEntries.Open("USDT", 10_000m));
        var position = default(LedgerPosition);
        for (var step = 0; step < 50; step++)
        {
            var price = 1m + (random.Next(1, 2_000_000) / 100m);
            var amount = random.Next(-1_000_000, 1_000_000) / 1_000_000m;
            switch (random.Next(8))
            {
                case 0:
                    ledger.Post(LedgerEntries.Funding("bot", instrument, amount));
                    break;
                case 1:
                    ledger.Post(LedgerEntries.Transfer("USDT", amount));
                    break;
                case 2:
                    ledger.Post(LedgerEntries.Correction("USDT", amount, "found"));
                    break;
                default:
                    var side = isSpot && position.Size <= 0 ? Side.Buy : Sides.FromSign(random.Next(2) == 0 ? 1 : -1);
                    var quantity = random.Next(1, 10_000) / 1_000m;
                    quantity = isSpot && side == Side.Sell ? Math.Min(quantity, position.Size) : quantity;
                    var fee = -ExactDecimal.Product(ExactDecimal.Product(quantity, price, instrument.ContractMultiplier), 0.000123m);
                    position = Book(ledger, instrument, position, new LedgerFill { Side = side, Quantity = quantity, Price = price, Fee = fee });
                    break;
            }

            ledger.Balances.Where(pair => pair.Key.Currency == "USDT").Sum(pair => pair.Value).ShouldBe(0m);
            ledger.Balances.Where(pair => pair.Key.Currency != "USDT").Sum(pair => pair.Value).ShouldBe(0m);
            ledger.Total(LedgerAccountKind.PositionCost, "USDT").ShouldBe(position.SignedCost);
            var unrealized = position.Unrealized(price, instrument.ContractMultiplier);
            var gains = ((LedgerAccountKind[])[LedgerAccountKind.Realized, LedgerAccountKind.Fees, LedgerAccountKind.Funding, LedgerAccountKind.Transfers, LedgerAccountKind.Corrections])
                .Sum(kind => ledger.Gain(kind, "USDT"));
            (ledger.BookValue("USDT") + unrealized - 10_000m).ShouldBe(gains + unrealized);
        }
    }

    private static LedgerPosition Book(LedgerBook ledger, Instrument instrument, LedgerPosition position, LedgerFill fill)
    {
        var change = position.Apply(fill.Side, fill.Quantity, fill.Price, instrument.ContractMultiplier);
        ledger.Post(LedgerEntries.Fill("bot", instrument, PositionSide.Net, position, fill, change));
        return change.After;
    }

    private static Instrument Instrument(MarketKind market, decimal multiplier = 1m) => new()
    {
        Id = new InstrumentId("binance", market, "BTCUSDT"),
        BaseCurrency = "BTC",
        QuoteCurrency = "USDT",
        ContractMultiplier = market == MarketKind.Spot ? 1m : multiplier,
        Rules = [new InstrumentRules { TickSize = 0.01m, LotSize = 0.001m, MakerFee = 0m, TakerFee = 0m }],
    };
}
