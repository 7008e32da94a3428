using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Tests.Matching.Fuzz;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>A naive exchange with three users and few words to trade on its first instrument (tick 0.1, fees 0.02 % and 0.05 %).</summary>
internal sealed class NaiveDesk
{
    public const long Start = 1_760_000_000_000;

    private int ids;

    public NaiveDesk(bool hedgeMode = false)
    {
        Exchange = new NaiveExchange(new MatchingSettings { Instruments = FuzzMarkets.All(limits: false), StartTime = Start });
        for (var user = 0; user < 3; user++)
        {
            Exchange.Apply(new OpenAccount(Start, "user", hedgeMode));
        }
    }

    public NaiveExchange Exchange { get; }

    public NaiveMarket Market => Exchange.Markets[0];

    public NaivePosition Position(int user, PositionSide side = PositionSide.Net) => Exchange.Accounts[user].Position(0, side);

    public static OrderRequest Limit(Side side, decimal price, decimal quantity, TimeInForce timeInForce = TimeInForce.GoodTillCanceled) =>
        new() { Instrument = 0, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity, TimeInForce = timeInForce };

    public static OrderRequest AtMarket(Side side, decimal quantity) => new() { Instrument = 0, Side = side, Type = OrderType.Market, Quantity = quantity };

    public NaiveReport Place(int user, OrderRequest request) => Do(new PlaceOrder(Exchange.Time, new AccountId(user), request with
    {
        ClientOrderId = request.ClientOrderId.Length > 0 ? request.ClientOrderId : $"o{++ids}",
    }));

    public NaiveReport Do(MatchingCommand command) => Exchange.Apply(command);

    /// <summary>User 1 is long (or short) against user 2 at 100.</summary>
    public void OpenPosition(Side side, decimal quantity)
    {
        Place(2, Limit(side.Opposite(), 100m, quantity)).Refusals.ShouldBeEmpty();
        Place(1, Limit(side, 100m, quantity)).Fills.Count.ShouldBe(2);
    }
}
