using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Views;
using Trellis.Engine.Recovery;

namespace Trellis.Engine.Planning;

/// <summary>What a start would send now, without sending it: the journal is remembered, the exchange asked, the bots too, and the difference told.</summary>
public static class OrderPlanner
{
    /// <summary>Questions and answers until the account is understood; more would mean that it never is.</summary>
    private const int MostRounds = 20;

    /// <param name="setup">As for an engine; nothing is journaled and no order leaves.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="RunException">The account could not be understood.</exception>
    public static async Task<OrderDifference> RunAsync(EngineSetup setup, CancellationToken cancellation)
    {
        var loop = new TradingLoop(setup.Settings);
        var replay = await JournalReplay.RunAsync(loop, setup.Journal, cancellation);
        var desk = new Desk(setup, loop, replay.LastTime);
        var last = new Candle[setup.Settings.Markets.Count];
        for (var market = 0; market < last.Length; market++)
        {
            last[market] = await desk.FeedHistoryAsync(market, replay.LastCandles[market], cancellation);
        }

        await desk.FeedQuotesAsync(cancellation);
        desk.Feed(new Started(0, setup.Fingerprint));
        for (var round = 0; round < MostRounds && desk.HasQuestions; round++)
        {
            await desk.AnswerAsync(cancellation);
        }

        if (!loop.View().Reconciliation.IsReconciled)
        {
            throw new RunException($"the account can't be understood: {loop.View().Reconciliation.Problem}");
        }

        for (var market = 0; market < last.Length; market++)
        {
            desk.Feed(new CandleClosed(0, market, last[market]));
        }

        return new OrderDifference(desk.Placed, desk.Canceled, loop.View());
    }

    /// <summary>Feeds a loop and keeps what it wants done.</summary>
    private sealed class Desk(EngineSetup setup, TradingLoop loop, long notBefore)
    {
        private readonly EngineClock clock = Clock(setup, notBefore);
        private readonly List<TradingEffect> effects = [];
        private readonly Queue<TradingEffect> questions = [];

        public List<OrderIntent> Placed { get; } = [];

        public List<CancelOrder> Canceled { get; } = [];

        public bool HasQuestions => questions.Count > 0;

        public void Feed(TradingInput input)
        {
            effects.Clear();
            loop.Handle(input with { Time = clock.Now }, effects);
            foreach (var effect in effects)
            {
                switch (effect)
                {
                    case PlaceOrder place:
                        Placed.Add(place.Intent);
                        break;
                    case CancelOrder cancel:
                        Canceled.Add(cancel);
                        break;
                    case Reconcile or QueryOrder:
                        questions.Enqueue(effect);
                        break;
                }
            }
        }

        /// <returns>The latest closed candle, which is not fed yet.</returns>
        public async Task<Candle> FeedHistoryAsync(int market, long journaled, CancellationToken cancellation)
        {
            var length = setup.Interval.Milliseconds;
            var from = ((clock.Now / length) - setup.History[market]) * length;
            var instrument = setup.Settings.Markets[market].Instrument.Id;
            var candles = await setup.Adapter.MarketData.GetCandlesAsync(instrument, setup.Interval, from, 1_000, cancellation);
            if (candles.Count == 0)
            {
                throw new RunException($"{instrument}: the exchange has no finished candle of {setup.Interval} since {DateTimeOffset.FromUnixTimeMilliseconds(from):yyyy-MM-dd HH:mm} UTC");
            }

            foreach (var candle in candles.SkipLast(1).Where(candle => candle.OpenTime > journaled))
            {
                Feed(new CandleClosed(0, market, candle));
            }

            return candles[^1];
        }

        public async Task FeedQuotesAsync(CancellationToken cancellation)
        {
            var tickers = await setup.Adapter.MarketData.GetTickersAsync(cancellation);
            for (var market = 0; market < setup.Settings.Markets.Count; market++)
            {
                if (tickers.FirstOrDefault(ticker => ticker.Instrument == setup.Settings.Markets[market].Instrument.Id) is { Bid: > 0 } ticker)
                {
                    Feed(new QuoteChanged(0, market, ticker.Bid, ticker.Ask));
                }
            }
        }

        public async Task AnswerAsync(CancellationToken cancellation)
        {
            switch (questions.Dequeue())
            {
                case Reconcile question:
                    var instruments = setup.Settings.Markets.Select(each => each.Instrument.Id).ToList();
                    Feed(new SnapshotTaken(0, question.Reconciliation, await setup.Adapter.Trading.TakeSnapshotAsync(
                        instruments, question.Since, [.. question.ClientOrderIds.Select(order => (instruments[order.Market], order))], cancellation)));
                    break;
                case QueryOrder query:
                    var askedAt = clock.Now;
                    var order = await setup.Adapter.Trading.FindOrderAsync(setup.Settings.Markets[query.Market].Instrument.Id, query.ClientOrderId, query.IsConditional, cancellation);
                    Feed(new OrderQueried(0, query.ClientOrderId, order is null ? AnswerKind.Refused : AnswerKind.Accepted, order, askedAt));
                    break;
            }
        }

        private static EngineClock Clock(EngineSetup setup, long notBefore)
        {
            var made = new EngineClock(setup.Time) { Offset = setup.Adapter.Health.ClockOffset };
            made.NotBefore(notBefore);
            return made;
        }
    }
}

/// <summary>What a start would do.</summary>
/// <param name="Placed">Orders that would be sent, in order.</param>
/// <param name="Canceled">Orders that would be cancelled.</param>
/// <param name="View">The account as it is.</param>
public sealed record OrderDifference(IReadOnlyList<OrderIntent> Placed, IReadOnlyList<CancelOrder> Canceled, TradingView View);
