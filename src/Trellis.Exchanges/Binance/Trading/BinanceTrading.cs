using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Streams;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>Trades and asks over REST.</summary>
internal sealed class BinanceTrading(BinanceRest rest, SnapshotTaker snapshots, OrderFinder finder, BinanceSettings settings, UserActivity activity) : ITradingApi
{
    public const int MostInBatch = 5;

    public async Task<PlaceAnswer> PlaceAsync(InstrumentId instrument, OrderIntent intent, CancellationToken cancellation)
    {
        var (resolved, problem) = await ResolveAsync(instrument, intent, cancellation);
        if (resolved is null)
        {
            return problem!;
        }

        var sent = activity.Now;
        var answer = await rest.SendAsync(OrderRequests.Place(instrument, resolved), cancellation);
        return Placed(answer, sent, OrderRequests.IsConditional(resolved) ? AlgoOrderReader.Read : OrderReader.Read);
    }

    /// <remarks>Conditional orders can't share a request; they and what would be a batch of one go alone, in the order given.</remarks>
    public async Task<IReadOnlyList<PlaceAnswer>> PlaceBatchAsync(IReadOnlyList<(InstrumentId Instrument, OrderIntent Intent)> orders, CancellationToken cancellation)
    {
        var answers = new List<PlaceAnswer>(orders.Count);
        while (answers.Count < orders.Count)
        {
            var batch = orders.Skip(answers.Count).TakeWhile(static order => !NeedsOwnRequest(order.Intent)).Take(MostInBatch).ToList();
            if (batch.Count < 2)
            {
                var (instrument, intent) = orders[answers.Count];
                answers.Add(await PlaceAsync(instrument, intent, cancellation));
            }
            else
            {
                answers.AddRange(await PlaceTogetherAsync(batch, cancellation));
            }
        }

        return answers;
    }

    public async Task<PlaceAnswer> AmendAsync(InstrumentId instrument, string clientOrderId, decimal price, decimal quantity, Side side, CancellationToken cancellation)
    {
        var sent = activity.Now;
        var answer = await rest.SendAsync(OrderRequests.Amend(instrument, clientOrderId, price, quantity, side), cancellation);
        // The order is already as it was asked for.
        return answer.Code == ErrorCodes.NothingToAmend
            ? new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, null, answer.Text)
            : Placed(answer, sent, OrderReader.Read);
    }

    public async Task<PlaceAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation)
    {
        var answer = await rest.SendAsync(OrderRequests.Cancel(instrument, clientOrderId, isConditional), cancellation);
        if (answer.Kind != AnswerKind.Accepted)
        {
            return answer.ToPlaceAnswer();
        }

        try
        {
            return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, isConditional ? AlgoOrderReader.Read(answer.Body) : OrderReader.Read(answer.Body), "");
        }
        catch (WireFormatException)
        {
            // Some answers to cancels tell that it was done, and no order.
            return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, null, answer.Body.TextOrEmpty("msg"));
        }
    }

    public async Task<PlaceAnswer> CancelAllAsync(InstrumentId instrument, CancellationToken cancellation)
    {
        // Conditional ones first: what they may become is cancelled by the second request.
        var conditional = await rest.SendAsync(OrderRequests.CancelAll(instrument, conditional: true), cancellation);
        var others = await rest.SendAsync(OrderRequests.CancelAll(instrument, conditional: false), cancellation);
        return (others.Kind == AnswerKind.Accepted ? conditional : others).ToPlaceAnswer();
    }

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation) =>
        finder.FindAsync(instrument, clientOrderId, isConditional, cancellation);

    public Task<VenueSnapshot> TakeSnapshotAsync(
        IReadOnlyList<InstrumentId> instruments, long since, IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, CancellationToken cancellation) =>
        snapshots.TakeAsync(instruments, since, orders, cancellation);

    public Task<AccountFacts> GetAccountFactsAsync(CancellationToken cancellation) => settings.GetFactsAsync(cancellation);

    public Task SetLeverageAsync(InstrumentId instrument, int leverage, CancellationToken cancellation) => settings.SetLeverageAsync(instrument, leverage, cancellation);

    public Task SetHedgeModeAsync(bool hedgeMode, CancellationToken cancellation) => settings.SetHedgeModeAsync(hedgeMode, cancellation);

    public Task SetCrossMarginAsync(InstrumentId instrument, CancellationToken cancellation) => settings.SetCrossMarginAsync(instrument, cancellation);

    private static bool NeedsOwnRequest(OrderIntent intent) => OrderRequests.IsConditional(intent) || intent.ClosePosition;

    private async Task<IEnumerable<PlaceAnswer>> PlaceTogetherAsync(List<(InstrumentId Instrument, OrderIntent Intent)> batch, CancellationToken cancellation)
    {
        var sent = activity.Now;
        var answer = await rest.SendAsync(OrderRequests.Batch(batch), cancellation);
        if (answer.Kind != AnswerKind.Accepted)
        {
            return batch.Select(_ => answer.ToPlaceAnswer());
        }

        var elements = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.EnumerateArray().ToList() : [];
        return batch.Select((_, place) => place < elements.Count
            ? Placed(AnswerReader.Element(elements[place]), sent, OrderReader.Read)
            : WireAnswer.Unknown("the answer to the batch does not tell of this order").ToPlaceAnswer());
    }

    private PlaceAnswer Placed(WireAnswer answer, long sent, Func<JsonElement, VenueOrder> decode)
    {
        if (answer.Kind != AnswerKind.Accepted)
        {
            return answer.ToPlaceAnswer();
        }

        // Whatever was accepted must soon be told by the user stream too.
        activity.Expect(sent);
        try
        {
            return new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, decode(answer.Body), "");
        }
        catch (WireFormatException error)
        {
            return WireAnswer.Unknown(error.Message).ToPlaceAnswer();
        }
    }

    /// <summary>A market order can't close "whatever there is" at Binance: it gets the quantity of the position, and may only reduce.</summary>
    private async Task<(OrderIntent? Intent, PlaceAnswer? Problem)> ResolveAsync(InstrumentId instrument, OrderIntent intent, CancellationToken cancellation)
    {
        if (!intent.ClosePosition || OrderRequests.IsConditional(intent))
        {
            return (intent, null);
        }

        try
        {
            var positions = await settings.GetPositionsAsync(instrument, cancellation);
            var position = positions.FirstOrDefault(one => one.Instrument == instrument && one.Side == intent.PositionSide && Math.Sign(one.Quantity) == -(int)intent.Side);
            return position is null
                ? (null, new PlaceAnswer(AnswerKind.Refused, RefusalKind.NothingToReduce, null, "there is no position that this order would close"))
                : (intent with { Quantity = Math.Abs(position.Quantity), ReduceOnly = true }, null);
        }
        catch (ExchangeException error)
        {
            return (null, new PlaceAnswer(AnswerKind.NotSent, error.Refusal, null, $"the position to close is not known: {error.Message}"));
        }
    }
}
