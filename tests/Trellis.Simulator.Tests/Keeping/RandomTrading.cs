using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Tests.Keeping;

/// <summary>Commands of a lively exchange with two instruments and two users: most are carried out, some are refused.</summary>
internal sealed class RandomTrading(ulong seed)
{
    private readonly DeterministicRandom _random = new(seed);
    private readonly decimal[] _prices = [30_000m, 2_000m];
    private long _step;

    public static MatchingSettings Settings { get; } = new()
    {
        Instruments = [StateFiles.Instrument("BTCUSDT"), StateFiles.Instrument("ETHUSDT") with { StartPrice = 2_000m }],
        StartTime = StateFiles.Start,
        HistoryLength = 200,
    };

    public MatchingCommand Next(long time) => Below(100) switch
    {
        < 25 => Move(time),
        < 60 => new PlaceOrder(time, Account(), Request(time)),
        < 68 => new CancelOrder(time, Account(), Reference()),
        < 74 => new AmendOrder(time, Account(), Reference(), null, Near(Below(2)), Quantity()),
        < 77 => new CancelConditional(time, Account(), 1 + Below(20), ""),
        < 79 => new CancelAllOrders(time, Account(), Below(2)),
        < 81 => new SetCountdown(time, Account(), Below(2), time + Below(5_000)),
        < 83 => new SetLeverage(time, Account(), Below(2), 1 + Below(30)),
        < 85 => new Transfer(time, Account(), Below(5_000) - 1_000),
        < 87 => new SetMarkPrice(time, 0, _prices[0] + Below(100) - 50, _prices[0]),
        < 89 => new SettleFunding(time, Below(2), (Below(200) - 100) / 1_000_000m, _prices[0]),
        < 90 => new SplitFills(time, 1 + Below(3)),
        < 91 => new HaltTrading(time, 1, Below(4) == 0),
        _ => new PassTime(time),
    };

    public int Below(int limit) => (int)(_random.NextBits() % (ulong)limit);

    private MoveMarket Move(long time)
    {
        var instrument = Below(2);
        _prices[instrument] = Math.Max(10m, _prices[instrument] + ((Below(81) - 40) / 10m));
        return new MoveMarket(time, instrument, _prices[instrument], Below(3_000) / 1_000m, ++_step);
    }

    private OrderRequest Request(long time)
    {
        var instrument = Below(2);
        var isMarket = Below(4) == 0;
        var isTimed = !isMarket && Below(8) == 0;
        return new OrderRequest
        {
            Instrument = instrument,
            Side = Below(2) == 0 ? Side.Buy : Side.Sell,
            Type = isMarket ? OrderType.Market : OrderType.Limit,
            Price = isMarket ? 0 : Near(instrument),
            Quantity = Quantity(),
            TimeInForce = isTimed ? TimeInForce.GoodTillDate : isMarket ? TimeInForce.GoodTillCanceled : (TimeInForce)Below(4),
            ExpiresAt = isTimed ? time + 600_000 + Below(600_000) : 0,
            ReduceOnly = Below(8) == 0,
            Trigger = Below(6) == 0 ? new Trigger((TriggerKind)Below(2), Near(instrument), (TriggerSource)Below(2)) : null,
            SelfTradePrevention = (SelfTradePrevention)Below(4),
            ClientOrderId = Below(3) == 0 ? $"c{Below(400)}" : "",
        };
    }

    private decimal Near(int instrument) => _prices[instrument] + ((Below(161) - 80) / 10m);

    private decimal Quantity() => (1 + Below(500)) / 1_000m;

    private AccountId Account() => new(1 + Below(2));

    private OrderReference Reference() => new(Below(2), 1 + Below(300), "");
}
