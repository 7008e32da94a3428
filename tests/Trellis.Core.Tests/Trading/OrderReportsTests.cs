using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>News of an order may come late, twice and in any order: what is known only moves forward, and a fill is booked once.</summary>
public sealed class OrderReportsTests
{
    private static readonly PlannedOrder Order = Some.Buy with { Price = 990 };

    public static TheoryData<string> Orders => [.. Permutations("ABCDE")];

    [Theory]
    [MemberData(nameof(Orders))]
    public void News_in_any_order_ends_in_the_same_place(string order)
    {
        var (desk, intent) = Sent();
        foreach (var letter in order)
        {
            for (var times = 0; times < 2; times++)
            {
                desk.Send(News(desk, intent, letter));
            }
        }

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Effects.OfType<FillBooked>().Count().ShouldBe(2);
        desk.Live.ShouldBeEmpty();
        desk.Placed.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("KBD", 1.0)]
    [InlineData("BKD", 1.0)]
    [InlineData("KB", 0.4)]
    public void A_cancel_is_final_only_when_what_it_executed_is_booked(string order, double executed)
    {
        var (desk, intent) = Sent();
        foreach (var letter in order)
        {
            desk.Live.Count().ShouldBe(1);
            desk.Send(letter == 'K'
                ? new OrderReported(desk.Now, Report(desk, intent, VenueOrderStatus.Canceled, (decimal)executed))
                : News(desk, intent, letter));
        }

        desk.Wait(1);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe((decimal)executed);
        desk.Live.Count(live => live.Intent.ClientOrderId == intent.ClientOrderId).ShouldBe(0);
    }

    [Fact]
    public void Fills_that_the_exchange_counts_and_nobody_told_of_are_asked_for()
    {
        var (desk, intent) = Sent();
        desk.Streams = false;
        desk.Venue.Time = desk.Now;
        desk.Venue.Place(intent);
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Send(new OrderReported(desk.Now, desk.Venue.Query(intent.ClientOrderId)!));
        desk.View.Bots[0].Positions.ShouldBeEmpty();
        desk.Live.Single().IsFinal.ShouldBeFalse();

        desk.Withhold = _ => false;
        desk.Wait(3_000);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Live.ShouldBeEmpty();
    }

    [Fact]
    public void An_order_the_exchange_ended_is_sent_again_after_a_pause_that_grows()
    {
        var (desk, intent) = Sent();
        desk.Withhold = _ => false;
        desk.Venue.Place(intent);
        desk.Send(new OrderReported(desk.Now, desk.Venue.Query(intent.ClientOrderId)!));
        var pauses = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            var (at, count) = (desk.Now, desk.Placed.Count());
            desk.Venue.Expire(desk.Live.Single().Intent.ClientOrderId);
            desk.Venue.News.Clear();
            desk.Send(new OrderReported(desk.Now, desk.Venue.Query(desk.Placed.Last().Intent.ClientOrderId)! with { Status = VenueOrderStatus.Canceled }));
            desk.Placed.Count().ShouldBe(count);
            while (desk.Placed.Count() == count)
            {
                desk.Wait(500);
            }

            pauses.Add(desk.Now - at);
        }

        pauses.ShouldBe([1_000, 2_000, 4_000, 8_000]);
        desk.Alerts.Count(code => code == "order-ended").ShouldBe(1);
    }

    [Fact]
    public void A_fill_before_its_orders_id_is_known_waits_for_it_and_is_no_foreign_one()
    {
        var (desk, intent) = Sent();
        desk.Send(new FillReported(desk.Now, Fill(desk, intent, "t1", 0.4m) with { ClientOrderId = "" }));
        desk.View.Bots[0].Positions.ShouldBeEmpty();

        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, Report(desk, intent, VenueOrderStatus.Open, 0m), "")));

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(0.4m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
    }

    [Fact]
    public void A_fill_that_tells_the_orders_id_claims_those_that_came_without_it()
    {
        var (desk, intent) = Sent();
        desk.Send(new FillReported(desk.Now, Fill(desk, intent, "t1", 0.4m) with { ClientOrderId = "" }));
        desk.Send(new FillReported(desk.Now, Fill(desk, intent, "t2", 0.6m)));

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Live.ShouldBeEmpty();
    }

    private static (Desk Desk, OrderIntent Intent) Sent()
    {
        var desk = Desk.With(1, context =>
        {
            if (!context.HasFills)
            {
                context.Lane.Plan.Set(0, Order);
            }
        });
        desk.Withhold = effect => effect is PlaceOrder || (effect is Reconcile && desk.Placed.Any());
        desk.Begin();
        return (desk, desk.Placed.Single().Intent);
    }

    /// <summary>A: accepted, B and D: fills of 0.4 and 0.6, C: partially filled, E: filled.</summary>
    private static TradingInput News(Desk desk, OrderIntent intent, char letter) => letter switch
    {
        'A' => new PlaceAnswered(desk.Now, intent.ClientOrderId, new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, Report(desk, intent, VenueOrderStatus.Open, 0m), "")),
        'B' => new FillReported(desk.Now, Fill(desk, intent, "t1", 0.4m)),
        'C' => new OrderReported(desk.Now, Report(desk, intent, VenueOrderStatus.PartiallyFilled, 0.4m)),
        'D' => new FillReported(desk.Now, Fill(desk, intent, "t2", 0.6m)),
        _ => new OrderReported(desk.Now, Report(desk, intent, VenueOrderStatus.Filled, 1m)),
    };

    private static VenueOrder Report(Desk desk, OrderIntent intent, VenueOrderStatus status, decimal executed) => new()
    {
        Instrument = desk.Settings.Markets[0].Instrument.Id,
        ClientOrderId = intent.ClientOrderId,
        VenueOrderId = "v1",
        Side = intent.Side,
        Status = status,
        Price = intent.Price,
        Quantity = intent.Quantity,
        ExecutedQuantity = executed,
        UpdatedAt = desk.Now,
    };

    private static VenueFill Fill(Desk desk, OrderIntent intent, string trade, decimal quantity) => new()
    {
        Instrument = desk.Settings.Markets[0].Instrument.Id,
        TradeId = trade,
        VenueOrderId = "v1",
        ClientOrderId = intent.ClientOrderId,
        Side = intent.Side,
        Price = intent.Price,
        Quantity = quantity,
        Fee = 0.01m,
        FeeCurrency = "USDT",
        Time = desk.Now,
    };

    private static IEnumerable<string> Permutations(string letters) => letters.Length == 1
        ? [letters]
        : letters.SelectMany(letter => Permutations(letters.Replace(letter.ToString(), "", StringComparison.Ordinal)).Select(rest => letter + rest));
}
