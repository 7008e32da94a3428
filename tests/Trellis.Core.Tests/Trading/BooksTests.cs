using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>Every cent has a name: realized + unrealized + fees + funding + transfers = change of equity, per bot and in sum.</summary>
public sealed class BooksTests
{
    [Fact]
    public void The_four_numbers_of_a_bot_sum_to_the_change_of_the_venues_equity()
    {
        var desk = Brackets.Entered(stop: 500, target: 1_100);
        desk.Venue.Time = desk.Now;
        desk.Venue.Pay(VenueIncomeKind.Funding, -0.123m, 0);
        desk.Close(104m);
        desk.Move(104m);
        var bot = desk.View.Bots[0];

        bot.Funding.ShouldBe(-0.123m);
        bot.Fees.ShouldBe(-0.05005m);
        bot.Unrealized.ShouldBe(3.9m);
        (bot.Realized + bot.Unrealized + bot.Fees + bot.Funding).ShouldBe(desk.Venue.Equity - 10_000m);

        desk.Move(111m);
        bot = desk.View.Bots[0];
        bot.Unrealized.ShouldBe(0m);
        bot.Realized.ShouldBe(9.9m);
        (bot.Realized + bot.Fees + bot.Funding).ShouldBe(desk.Venue.Wallet - 10_000m);
    }

    [Fact]
    public void Funding_is_split_by_the_shares_of_the_position_and_what_the_division_leaves_is_named()
    {
        TradingBot Buyer(string name, long quantity) => Some.Bot(() => new PlanStrategy(1, context =>
        {
            if (context.Lane.Plan.Cycle(0) == 0)
            {
                context.Lane.Plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = quantity });
            }
        }), name) with
        { Direction = TradingDirection.Long };
        var desk = new Desk(Some.Settings(Buyer("one", 1_000), Buyer("two", 2_000))).Begin();
        desk.Venue.Time = desk.Now + 1;
        desk.Now++;
        desk.Venue.Pay(VenueIncomeKind.Funding, -1m, 0);
        desk.Close(100m);

        desk.View.Bots[0].Funding.ShouldBe(-0.333333333333m);
        desk.View.Bots[1].Funding.ShouldBe(-0.666666666667m);
        var funding = desk.Effects.OfType<LedgerPosted>().SelectMany(posted => posted.Entry.Postings).Where(posting => posting.Account.Kind == LedgerAccountKind.Funding);
        funding.Sum(posting => posting.Amount).ShouldBe(1m);
    }

    [Fact]
    public void Income_and_fills_that_are_told_twice_are_booked_once()
    {
        var desk = Brackets.Entered(stop: 500, target: 1_100);
        var income = new VenueIncome("77", VenueIncomeKind.Funding, desk.Settings.Markets[0].Instrument.Id, "USDT", -0.5m, desk.Now);
        desk.Send(new IncomeReported(desk.Now, income));
        desk.Send(new IncomeReported(desk.Now, income));
        foreach (var fill in desk.Venue.Fills)
        {
            desk.Send(new FillReported(desk.Now, fill));
        }

        desk.View.Bots[0].Funding.ShouldBe(-0.5m);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
    }

    [Fact]
    public void A_fee_in_another_coin_is_booked_in_that_coin()
    {
        var desk = Brackets.Made(stop: 500, target: 1_100);
        desk.Withhold = effect => effect is PlaceOrder;
        desk.Begin();
        var intent = desk.Placed.Single().Intent;
        desk.Send(new FillReported(desk.Now, new VenueFill
        {
            Instrument = desk.Settings.Markets[0].Instrument.Id,
            TradeId = "1",
            VenueOrderId = "9",
            ClientOrderId = intent.ClientOrderId,
            Side = Side.Buy,
            Price = 100m,
            Quantity = 1m,
            Fee = 0.00012m,
            FeeCurrency = "BNB",
            Time = desk.Now,
        }));

        desk.View.Bots[0].Fees.ShouldBe(0m);
        desk.Effects.OfType<LedgerPosted>().SelectMany(posted => posted.Entry.Postings)
            .ShouldContain(posting => posting.Account.Kind == LedgerAccountKind.Fees && posting.Account.Currency == "BNB" && posting.Amount == 0.00012m);
    }
}
