using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Random orders near the market: most are good, some break a rule.</summary>
internal sealed class RequestGenerator(FuzzScenario scenario, MatchingEngine engine)
{
    private readonly Dice dice = new(scenario.Seed ^ 0x0DDE);
    private readonly InstrumentRules[] rules = [.. scenario.Settings.Instruments.Select(each => each.Instrument.Rules[0])];
    private int ids;

    public InstrumentRules Rules(int instrument) => rules[instrument];

    /// <summary>The instrument has other rules from now on.</summary>
    public void Adopt(int instrument, InstrumentRules changed) => rules[instrument] = changed;

    /// <summary>On the tick, within the scenario's width of the last price, and never far from where it all began.</summary>
    public decimal Price(int instrument)
    {
        var tick = Rules(instrument).TickSize;
        var start = scenario.Settings.Instruments[instrument].StartPrice;
        var around = Math.Clamp(engine.LastPrice(instrument), start - (scenario.Reach * tick), start + (scenario.Reach * tick));
        return (Math.Round(around / tick) + dice.Between(-scenario.Width, scenario.Width)) * tick;
    }

    public decimal Quantity(int instrument) => dice.Between(1, 20) * Rules(instrument).LotSize;

    /// <summary>Off the lot, nothing, below nothing, or far too much.</summary>
    public decimal OddQuantity(int instrument)
    {
        var lot = Rules(instrument).LotSize;
        return dice.Of(lot / 2, 0m, -lot, lot * 1.5m, 25 * lot);
    }

    public OrderRequest Order(AccountId account, int instrument, long time)
    {
        var side = dice.Of(Side.Buy, Side.Sell);
        var summary = engine.Summarize(account);
        var positionSide = summary.HedgeMode != dice.Chance(2) ? dice.Of(PositionSide.Long, PositionSide.Short) : PositionSide.Net;
        var position = summary.Positions.FirstOrDefault(each => each.Instrument == instrument && each.Side == positionSide);
        var closable = Math.Max(0m, -side.Sign() * (position?.Quantity ?? 0m));
        var request = new OrderRequest
        {
            Instrument = instrument,
            Side = side,
            Type = dice.Chance(14) ? OrderType.Market : OrderType.Limit,
            Quantity = closable > 0 && dice.Chance(15) ? closable : Quantity(instrument),
            PositionSide = positionSide,
            ReduceOnly = positionSide == PositionSide.Net && dice.Chance(closable > 0 ? 30 : 4),
            SelfTradePrevention = dice.Chance(50) ? SelfTradePrevention.None : dice.Of(SelfTradePrevention.ExpireTaker, SelfTradePrevention.ExpireMaker, SelfTradePrevention.ExpireBoth),
            ClientOrderId = dice.Chance(2) ? "again" : $"c{++ids}",
        };
        if (request.Type == OrderType.Limit)
        {
            request = request with { Price = Price(instrument), TimeInForce = TimeInForceOf() };
            if (request.TimeInForce == TimeInForce.GoodTillDate)
            {
                request = request with { ExpiresAt = Date(time) };
            }
        }

        return dice.Chance(4) ? Spoil(request) : request;
    }

    public OrderRequest Conditional(AccountId account, int instrument, long time)
    {
        var closes = dice.Chance(20);
        var request = Order(account, instrument, time) with
        {
            Type = closes || dice.Chance(50) ? OrderType.Market : OrderType.Limit,
            TimeInForce = dice.Chance(60) ? TimeInForce.GoodTillCanceled : dice.Of(TimeInForce.ImmediateOrCancel, TimeInForce.PostOnly, TimeInForce.GoodTillDate),
            ClosePosition = closes,
            ClientOrderId = dice.Chance(5) ? dice.Of("again", "waits again") : $"w{++ids}",
            Trigger = new Trigger(dice.Of(TriggerKind.Stop, TriggerKind.TakeProfit), Price(instrument), dice.Of(TriggerSource.LastPrice, TriggerSource.MarkPrice)),
        };
        if (dice.Chance(85) && request.Instrument == instrument)
        {
            request = Untriggered(request);
        }

        request = request.Type == OrderType.Market
            ? request with { Price = 0, TimeInForce = TimeInForce.GoodTillCanceled }
            : request with { Price = Price(instrument) };
        request = request with { ExpiresAt = request.TimeInForce == TimeInForce.GoodTillDate ? Date(time) : 0 };
        return closes ? request with { Quantity = 0, ReduceOnly = false } : request;
    }

    /// <summary>Turns the trigger so that it is not met yet.</summary>
    private OrderRequest Untriggered(OrderRequest request)
    {
        var trigger = request.Trigger!.Value;
        var now = trigger.Source == TriggerSource.LastPrice ? engine.LastPrice(request.Instrument) : engine.MarkPrice(request.Instrument);
        var price = trigger.Price == now ? now + Rules(request.Instrument).TickSize : trigger.Price;
        var rise = price > now;
        return request with { Trigger = trigger with { Price = price, Kind = rise == (request.Side == Side.Buy) ? TriggerKind.Stop : TriggerKind.TakeProfit } };
    }

    private long Date(long time) => time + dice.Of(-1, 600_000, 600_001, 610_000 + dice.Between(0, 5_000), 700_000, 1_500_000 + dice.Between(0, 50_000));

    private TimeInForce TimeInForceOf() => dice.Weighted([48, 16, 12, 14, 10]) switch
    {
        0 => TimeInForce.GoodTillCanceled,
        1 => TimeInForce.ImmediateOrCancel,
        2 => TimeInForce.FillOrKill,
        3 => TimeInForce.PostOnly,
        _ => TimeInForce.GoodTillDate,
    };

    private OrderRequest Spoil(OrderRequest request)
    {
        var tick = Rules(request.Instrument).TickSize;
        return dice.Below(6) switch
        {
            0 => request with { Instrument = dice.Of(-1, rules.Length) },
            1 => request with { Quantity = OddQuantity(request.Instrument) },
            2 when request.Type == OrderType.Limit => request with { Price = request.Price + (tick / 2) },
            3 when request.Type == OrderType.Limit => request with { Price = dice.Of(0m, -tick) },
            4 when request.Type == OrderType.Limit => request with { Price = request.Price + (dice.Of(-15, 15) * tick) },
            _ => request with { ReduceOnly = true },
        };
    }
}
