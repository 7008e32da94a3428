using Trellis.Core.Markets;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>Commands of every kind, many of which are refused, around a price that wanders; the same for the same seed.</summary>
internal sealed class RandomCommands(ulong seed, int accounts, int instruments)
{
    private readonly DeterministicRandom random = new(seed);
    private readonly decimal[] prices = [.. Enumerable.Repeat(100m, instruments)];
    private long time = TestExchange.Start;
    private long step;

    /// <summary>Accounts opened and paid into, one in three in hedge mode; some are nearly empty, so that they are liquidated.</summary>
    public IEnumerable<MatchingCommand> Openings()
    {
        for (var i = 1; i <= accounts; i++)
        {
            yield return new OpenAccount(time, $"account {i}", i % 3 == 0, 1 + Below(50));
            yield return new Transfer(time, new AccountId(i), i % 2 == 0 ? 40m + (200m * (i / 4)) : 200_000m);
        }
    }

    public MatchingCommand Next()
    {
        time += Below(4) == 0 ? Below(400_000) : Below(50);
        var instrument = Below(instruments);
        var account = new AccountId(1 + Below(accounts));
        return Below(100) switch
        {
            < 49 => new PlaceOrder(time, account, Request(instrument, account)),
            < 57 => new AmendOrder(time, account, new OrderReference(instrument, 1 + Below(400), ""), null, Price(instrument), Quantity()),
            < 66 => new CancelOrder(time, account, new OrderReference(instrument, 1 + Below(400), "")),
            < 67 => new CancelConditional(time, account, 1 + Below(100), ""),
            < 68 => new CancelAllOrders(time, account, instrument),
            < 69 => new CancelAllConditionals(time, account, instrument),
            < 70 => new SetCountdown(time, account, instrument, time + Below(100_000)),
            < 71 => new SetLeverage(time, account, instrument, 1 + Below(110)),
            < 72 => new SetPositionMode(time, account, Below(2) == 0),
            < 73 => new Transfer(time, account, Below(3_000) - 1_000),
            < 74 => new SettleFunding(time, instrument, (Below(2_000) - 1_000) * 0.0000013m, prices[instrument]),
            < 78 => new SetMarkPrice(time, instrument, prices[instrument] * (Below(3) == 0 ? 0.7m + (Below(60) * 0.01m) : 0.98m + (Below(40) * 0.001m)), prices[instrument]),
            < 79 => new SplitFills(time, 1 + Below(3)),
            < 80 => new HaltTrading(time, instrument, Below(4) == 0),
            < 81 => Rules(instrument),
            < 84 => new TradeOutside(time, instrument, Below(2) == 0 ? Side.Buy : Side.Sell, Price(instrument), Quantity()),
            < 86 => Quotes(instrument),
            < 88 => new PassTime(time),
            _ => new MoveMarket(time, instrument, Wander(instrument), Below(3) == 0 ? 0m : Quantity() * 20, ++step),
        };
    }

    private OrderRequest Request(int instrument, AccountId account)
    {
        var hedge = account.Value % 3 == 0;
        var type = Below(4) == 0 ? OrderType.Market : OrderType.Limit;
        var closes = Below(12) == 0;
        return new OrderRequest
        {
            Instrument = instrument,
            Side = Below(2) == 0 ? Side.Buy : Side.Sell,
            Type = type,
            Price = type == OrderType.Market ? 0m : Price(instrument),
            Quantity = closes ? 0m : Quantity(),
            TimeInForce = type == OrderType.Market ? TimeInForce.GoodTillCanceled : (TimeInForce)Below(5),
            ExpiresAt = time + 600_000 + Below(1_000_000),
            ReduceOnly = !hedge && Below(5) == 0,
            ClosePosition = closes,
            PositionSide = hedge == (Below(15) > 0) ? (Below(2) == 0 ? PositionSide.Long : PositionSide.Short) : PositionSide.Net,
            SelfTradePrevention = (SelfTradePrevention)Below(4),
            ClientOrderId = Below(10) == 0 ? $"mine-{Below(30)}" : "",
            Trigger = Below(6) == 0 || closes ? new Trigger((TriggerKind)Below(2), Price(instrument), (TriggerSource)Below(2)) : null,
        };
    }

    private ChangeRules Rules(int instrument) => new(time, instrument, new InstrumentRules
    {
        TickSize = Below(2) == 0 ? 0.1m : 0.2m,
        LotSize = Below(2) == 0 ? 0.001m : 0.002m,
        MinNotional = 5m,
        MakerFee = Below(3) == 0 ? -0.0001m : 0.0002m,
        TakerFee = 0.00053m,
    });

    private SetQuotes Quotes(int instrument)
    {
        var middle = Wander(instrument);
        return new SetQuotes(
            time,
            instrument,
            [.. Enumerable.Range(1, 6).Select(i => new QuoteLevel(middle - (i * 0.2m), Quantity()))],
            [.. Enumerable.Range(1, 6).Select(i => new QuoteLevel(middle + (i * 0.2m), Quantity()))]);
    }

    private decimal Wander(int instrument) => prices[instrument] = Math.Max(20m, prices[instrument] + ((Below(61) - 30) * (Below(10) == 0 ? 0.4m : 0.1m)));

    private decimal Price(int instrument) => prices[instrument] + ((Below(61) - 30) * 0.1m) + (Below(30) == 0 ? 0.05m : 0m);

    private decimal Quantity() => Below(8) == 0 ? Below(200_000) * 0.001m : (1 + Below(3_000)) * 0.002m;

    private int Below(int bound) => (int)(random.NextBits() % (ulong)bound);
}
