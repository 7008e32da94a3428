using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Matching;

/// <summary>An exchange with the rule of candles that is given the plans of a backtest as orders and cancels, candle by candle.</summary>
internal sealed class CandleExchange
{
    private static readonly AccountId Account = new(1);

    private readonly IReadOnlyList<LaneSetup> lanes;
    private readonly RunRange range;
    private readonly Dictionary<(int Lane, int Slot), (long Order, long Conditional)> ids = [];

    public CandleExchange(BacktestSetup setup, RunRange range, IReadOnlyList<int> dataDecimals)
    {
        lanes = setup.Bots[0].Lanes;
        this.range = range;
        Engine = new MatchingEngine(new MatchingSettings
        {
            FillRule = FillRule.Candle,
            StartTime = range.StartTime,
            SlippagePercent = setup.Slippage / 1_000_000m,
            Instruments =
            [
                .. lanes.Select((lane, index) => new MatchingInstrument
                {
                    Instrument = lane.Units.Instrument,
                    DataDecimals = dataDecimals[index],
                    MaxOpenOrders = int.MaxValue,
                    MaxConditionalOrders = int.MaxValue,
                    StartPrice = lane.Units.ToPrice(lane.Candles.Open.Span[Own(index, 0)]),
                }),
            ],
        });
        Engine.Apply(new OpenAccount(range.StartTime, "bot", setup.HedgeMode, (int)setup.Bots[0].Leverage));
        Engine.Apply(new Transfer(range.StartTime, Account, setup.StartBalance.ToDecimal()));
    }

    public MatchingEngine Engine { get; }

    /// <summary>A candle passes with the funding in it; then what was planned at its close is placed and cancelled.</summary>
    public void Step(int candle, IEnumerable<PlanChange> changes)
    {
        if (candle > 0)
        {
            PayFunding(candle);
        }

        Do(new PassCandle(range.TimeOf(candle + 1), range.TimeOf(candle), [.. lanes.Select((_, lane) => Prices(lane, candle))]));
        foreach (var change in changes)
        {
            if (change.Order is { } order)
            {
                Place(change, order);
            }
            else
            {
                Cancel(change);
            }
        }
    }

    /// <summary>Every fill: side, price, quantity, fee paid, realized.</summary>
    public IEnumerable<string> Fills() => Engine.Fills(Account, -1)
        .Select(fill => Text(fill.Instrument, fill.Side, fill.PositionSide, fill.Price, fill.Quantity, -fill.Fee, fill.RealizedProfit));

    public static IEnumerable<string> Fills(BacktestSetup setup, RunOutcome outcome) => outcome.Entries
        .Where(entry => entry.IsFill)
        .Select(entry => Text(
            entry.Lane,
            entry.Side,
            entry.PositionSide,
            setup.Bots[0].Lanes[entry.Lane].Units.ToPrice(entry.Price),
            setup.Bots[0].Lanes[entry.Lane].Units.ToQuantity(entry.Quantity),
            new Core.Numerics.Money(entry.Fee).ToDecimal(),
            new Core.Numerics.Money(entry.Realized).ToDecimal()));

    public decimal Wallet => Engine.Summarize(Account).WalletBalance;

    private static string Text(int lane, Side side, PositionSide position, decimal price, decimal quantity, decimal fee, decimal realized) =>
        $"lane {lane} {side} {position} {quantity / 1.0000000000000000000000000000m} @ {price / 1.0000000000000000000000000000m} fee {fee / 1.0000000000000000000000000000m} realized {realized / 1.0000000000000000000000000000m}";

    private void PayFunding(int candle)
    {
        var open = range.TimeOf(candle);
        var due = lanes
            .SelectMany((lane, index) => lane.Funding.Where(rate => rate.Time >= open && rate.Time < open + range.Interval).Select(rate => (Lane: index, Rate: rate)))
            .OrderBy(funding => funding.Rate.Time);
        foreach (var (lane, rate) in due)
        {
            var mark = rate.MarkPrice ?? lanes[lane].Units.ToPrice(lanes[lane].Candles.Open.Span[Own(lane, candle)]);
            Do(new SettleFunding(rate.Time, lane, rate.Rate, mark));
        }
    }

    private void Place(PlanChange change, PlannedOrder order)
    {
        var units = lanes[change.Lane].Units;
        var closes = order.Has(OrderInstructions.ClosePosition);
        var value = Do(new PlaceOrder(Engine.Time, Account, new OrderRequest
        {
            Instrument = change.Lane,
            Side = order.Side,
            Type = order.Kind == OrderKind.Limit ? OrderType.Limit : OrderType.Market,
            Price = order.Kind == OrderKind.Limit ? units.ToPrice(order.Price) : 0m,
            Quantity = closes ? 0m : units.ToQuantity(order.Quantity),
            TimeInForce = order.Has(OrderInstructions.PostOnly) ? TimeInForce.PostOnly : TimeInForce.GoodTillCanceled,
            ReduceOnly = order.Has(OrderInstructions.ReduceOnly),
            ClosePosition = closes,
            PositionSide = order.PositionSide,
            Trigger = order.Kind is OrderKind.TriggerAtOrAbove or OrderKind.TriggerAtOrBelow
                ? new Trigger((order.Side == Side.Buy) == (order.Kind == OrderKind.TriggerAtOrAbove) ? TriggerKind.Stop : TriggerKind.TakeProfit, units.ToPrice(order.Price), TriggerSource.LastPrice)
                : null,
        }));
        ids[(change.Lane, change.Slot)] = value is ConditionalOrder conditional ? (0, conditional.Id) : (((Order)value).Id, 0);
    }

    private void Cancel(PlanChange change)
    {
        var (order, conditional) = ids[(change.Lane, change.Slot)];
        Do(conditional != 0
            ? new CancelConditional(Engine.Time, Account, conditional, "")
            : new CancelOrder(Engine.Time, Account, new OrderReference(change.Lane, order, "")));
    }

    private object Do(MatchingCommand command)
    {
        Engine.Apply(command).Succeeded(out var value, out var refusal).ShouldBeTrue($"{command}: {refusal}");
        return value!;
    }

    private CandlePrices? Prices(int lane, int candle)
    {
        var candles = lanes[lane].Candles;
        var units = lanes[lane].Units;
        var at = Own(lane, candle);
        return candles.IsHole(at)
            ? null
            : new CandlePrices(units.ToPrice(candles.Open.Span[at]), units.ToPrice(candles.High.Span[at]), units.ToPrice(candles.Low.Span[at]), units.ToPrice(candles.Close.Span[at]), 0m);
    }

    private int Own(int lane, int candle) => candle + (int)((range.StartTime - lanes[lane].Candles.StartTime) / range.Interval);
}
