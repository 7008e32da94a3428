using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>
/// docs/backtest.md word for word: every bot is asked at every close, every order is tested in every candle, all
/// money is decimal and goes through the double-entry ledger. Slow; the other executors are measured against it.
/// </summary>
public sealed partial class ReferenceExecutor
{
    private readonly BacktestSetup setup;
    private readonly RunRange range;
    private readonly List<ReferenceBot> bots = [];
    private readonly List<ReferenceLane> lanes = [];
    private readonly ReferenceAccount account;
    private readonly ReferenceDrawdown drawdown;
    private long refusals;
    private int? liquidatedAt;

    private ReferenceExecutor(BacktestSetup setup)
    {
        this.setup = setup;
        range = RunRange.Of(setup);
        foreach (var bot in setup.Bots)
        {
            bots.Add(new ReferenceBot(bot, lanes.Count, range, setup.HedgeMode));
            lanes.AddRange(bots[^1].Lanes);
        }

        account = new ReferenceAccount(setup.StartBalance, lanes[0].Instrument.QuoteCurrency);
        drawdown = new ReferenceDrawdown(setup.StartBalance);
    }

    /// <exception cref="Trellis.Core.TrellisException">The setup has no common candles, or an amount is out of range.</exception>
    public static RunOutcome Run(BacktestSetup setup) => new ReferenceExecutor(setup).Run();

    private RunOutcome Run()
    {
        var equity = setup.StartBalance;
        for (var candle = 0; candle < range.Count; candle++)
        {
            if (candle > 0 && liquidatedAt is null)
            {
                PayFunding(candle);
                Trade(candle);
            }

            if (liquidatedAt is null)
            {
                AtClose(candle);
            }

            equity = Money.FromDecimal(account.EquityAt(candle, lanes));
            drawdown.Note(candle, equity);
        }

        OpenPosition[] positions = [.. lanes.SelectMany(lane => lane.Sides.Select(side => Open(lane, side))).Where(position => position.Size != 0)];
        return new RunOutcome
        {
            Range = range,
            Entries = account.Entries,
            StartBalance = setup.StartBalance,
            Equity = equity,
            MaxDrawdown = drawdown.Deepest,
            Refusals = refusals,
            LiquidatedAt = liquidatedAt,
            Closing = new Lazy<ClosingBooks>(new ClosingBooks(Money.FromDecimal(account.Wallet), positions)),
            Standing = liquidatedAt is null ? [.. lanes.SelectMany((lane, index) => StandingOrder.Of(index, lane.Plan))] : [],
            Reports = [.. bots.Select(bot => bot.Strategy.Report())],
            Strategies = [.. bots.Select(bot => bot.Strategy)],
        };
    }

    /// <summary>Step 1.</summary>
    private void PayFunding(int candle)
    {
        var open = range.TimeOf(candle);
        foreach (var lane in lanes.Where(lane => !lane.IsSpot))
        {
            foreach (var rate in lane.Setup.Funding.Where(rate => rate.Time >= open && rate.Time < open + range.Interval))
            {
                var price = rate.MarkPrice is { } mark
                    ? Math.Round(mark, lane.Units.PriceDecimals, MidpointRounding.AwayFromZero)
                    : lane.Units.ToPrice(lane.Open(candle));
                foreach (var side in lane.Sides)
                {
                    PayFunding(candle, lane, side, price, rate.Rate);
                }
            }
        }
    }

    private void PayFunding(int candle, ReferenceLane lane, PositionSide side, decimal price, decimal rate)
    {
        var size = lane.Position(side).Size;
        var notional = ExactDecimal.Product(size, price, lane.Multiplier);
        var amount = -ExactDecimal.Product(notional, rate);
        if (amount != 0)
        {
            account.BookFunding(lane, side, amount, new RunEntry
            {
                Candle = candle,
                Kind = EntryKind.Funding,
                Side = Sides.FromSign(Math.Sign(size)),
                Slot = -1,
                Price = lane.Units.FromPrice(price),
                Quantity = lane.Units.FromQuantity(Math.Abs(size)),
            });
        }
    }

    /// <summary>Steps 2 to 6.</summary>
    private void Trade(int candle)
    {
        var here = lanes.Where(lane => !lane.IsHole(candle)).ToList();
        var candles = here.ConvertAll(lane => new ReferenceCandle(
            lane, candle, setup.Slippage, (at, slot, kind, price) => TryFill(at, candle, slot, kind, price)));
        candles.ForEach(lane => lane.AtOpen());
        var lowIsAdverse = candles.ConvertAll(lane => lane.LowIsAdverse);

        if (setup.Optimistic)
        {
            Walk(adverse: false);
            Walk(adverse: true);
            Liquidate();
        }
        else
        {
            Walk(adverse: true);
            if (!Liquidate())
            {
                Walk(adverse: false);
            }
        }

        void Walk(bool adverse)
        {
            for (var i = 0; i < candles.Count; i++)
            {
                candles[i].OneSide(low: lowIsAdverse[i] == adverse);
            }
        }

        bool Liquidate() => LiquidateAt(candle, lane =>
        {
            var i = here.IndexOf(lane);
            return i < 0 ? lane.Close(candle) : lowIsAdverse[i] ? lane.Low(candle) : lane.High(candle);
        });
    }

    /// <summary>Step 7.</summary>
    private void AtClose(int candle)
    {
        foreach (var lane in lanes)
        {
            lane.ReleaseWaiting(lane.Close(candle));
        }

        foreach (var bot in bots)
        {
            if (candle == 0 || bot.Lanes.Any(lane => !lane.IsHole(candle)))
            {
                bot.Ask(candle, range.TimeOf(candle + 1), account);
            }
        }
    }

    private OpenPosition Open(ReferenceLane lane, PositionSide side)
    {
        var position = lane.Position(side);
        var close = lane.Units.ToPrice(lane.Close(range.Count - 1));
        return new OpenPosition(
            lane.Number,
            lane.Units.FromQuantity(position.Size),
            Money.FromDecimal(position.Cost),
            Money.FromDecimal(position.Unrealized(close, lane.Multiplier)));
    }
}
