using Trellis.Bench.Baselines;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Bench.Topics;

/// <summary>Orders through the matching engine on one instrument: checks, margin, book, positions and events, without wires.</summary>
internal sealed class MatchingTopic : ITopic
{
    /// <summary>20,000 orders a second.</summary>
    private const double BudgetPerOrder = 50_000;

    private const int Accounts = 8;

    public string Name => "matching";

    public string Summary => "orders of eight accounts through the matching engine, one instrument";

    public void Run(bool quick, TextWriter output)
    {
        var count = quick ? 20_000 : 100_000;
        var table = new Table(1, "flow", "orders", "best", "per order", "orders a second", "÷ sorted lists", "budget per order", "");
        foreach (var (name, reach) in new[] { ("all trade", 0), ("half trade", 40), ("rest, then cancelled", -1) })
        {
            var orders = Draw(count, reach);
            Action[] contestants = [() => Sink.Take(Match(orders, cancels: reach < 0)), () => Naive(orders)];
            Contest.WarmUp(contestants);
            var figures = Contest.Run(quick ? 3 : 7, contestants);
            var perOrder = figures[0].Best / count;
            table.Add(
                name,
                Text.Count(count),
                Text.Time(figures[0].Best),
                Text.Time(perOrder),
                Text.Count((int)(1e9 / perOrder)),
                Text.Ratio(figures[0].Best, figures[1].Best),
                Text.Time(BudgetPerOrder),
                Text.Verdict(perOrder, BudgetPerOrder));
        }

        table.Print(output);
        output.WriteLine("Baseline: the same orders through two sorted lists, with neither accounts nor events. A cancel is not counted as an order.");
    }

    private static long Match(PlaceOrder[] orders, bool cancels)
    {
        var engine = new MatchingEngine(new MatchingSettings { StartTime = 0, Instruments = [Perpetual()] });
        for (var i = 1; i <= Accounts; i++)
        {
            engine.Apply(new OpenAccount(0, $"account {i}"));
            engine.Apply(new Transfer(0, new AccountId(i), 1_000_000_000m));
        }

        var events = 0L;
        foreach (var command in orders)
        {
            var outcome = engine.Apply(command);
            if (cancels && outcome.Value is Order { IsOpen: true } order)
            {
                engine.Apply(new CancelOrder(0, command.Account, new OrderReference(0, order.Id, "")));
            }

            events += engine.Events.Count;
            engine.Events.Clear();
            engine.LevelChanges.Clear();
        }

        return events;
    }

    private static void Naive(PlaceOrder[] orders)
    {
        var book = new NaiveBook();
        foreach (var order in orders)
        {
            book.Place(order.Request.Side == Side.Buy, order.Request.Price, order.Request.Quantity);
        }

        Sink.Take(book.Trades);
    }

    /// <param name="reach">How many ticks limits lie on their own side of 30,000 at most; −1 for far away.</param>
    private static PlaceOrder[] Draw(int count, int reach)
    {
        var random = new DeterministicRandom(5);
        var orders = new PlaceOrder[count];
        for (var i = 0; i < count; i++)
        {
            var side = i % 2 == 0 ? Side.Buy : Side.Sell;
            var away = reach < 0 ? 500 + (int)(random.NextUnit() * 500) : (int)(random.NextUnit() * reach) - (reach / 2);
            orders[i] = new PlaceOrder(0, new AccountId(1 + (i % Accounts)), new OrderRequest
            {
                Instrument = 0,
                Side = side,
                Type = OrderType.Limit,
                Price = 30_000m - (side.Sign() * away * 0.1m),
                Quantity = 0.01m + ((int)(random.NextUnit() * 20) * 0.001m),
            });
        }

        return orders;
    }

    private static MatchingInstrument Perpetual() => new()
    {
        StartPrice = 30_000m,
        MaxOpenOrders = int.MaxValue,
        Instrument = new Instrument
        {
            Id = new InstrumentId("bench", MarketKind.Perp, "BTCUSDT"),
            BaseCurrency = "BTC",
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers = [new LeverageTier(50_000m, 0.004m, 0m, 125m), new LeverageTier(1_000_000m, 0.01m, 300m, 50m), new LeverageTier(1_000_000_000m, 0.02m, 10_300m, 20m)],
        },
    };
}
