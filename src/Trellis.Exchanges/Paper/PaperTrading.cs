using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Paper;

/// <summary>Trades on a paper account. Nothing here knows of an exchange outside.</summary>
internal sealed class PaperTrading(PaperExchange exchange, Func<long> now) : ITradingApi
{
    public const int MostInBatch = 5;

    private static AccountId Account => PaperOpening.Account;

    public Task<PlaceAnswer> PlaceAsync(InstrumentId instrument, OrderIntent intent, CancellationToken cancellation) => Task.FromResult(Place(instrument, intent));

    public Task<IReadOnlyList<PlaceAnswer>> PlaceBatchAsync(IReadOnlyList<(InstrumentId Instrument, OrderIntent Intent)> orders, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PlaceAnswer>>([.. orders.Select(order => Place(order.Instrument, order.Intent))]);

    public Task<PlaceAnswer> AmendAsync(InstrumentId instrument, string clientOrderId, decimal price, decimal quantity, Side side, CancellationToken cancellation) =>
        Task.FromResult(Carry(instrument, needsPrice: true, (index, time) => new AmendOrder(time, Account, new OrderReference(index, 0, clientOrderId), side, price, quantity)));

    public Task<PlaceAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation) =>
        Task.FromResult(Carry(instrument, needsPrice: false, (index, time) => isConditional
            ? new CancelConditional(time, Account, 0, clientOrderId)
            : new Core.Matching.Commands.CancelOrder(time, Account, new OrderReference(index, 0, clientOrderId))));

    public Task<PlaceAnswer> CancelAllAsync(InstrumentId instrument, CancellationToken cancellation)
    {
        var conditional = Carry(instrument, needsPrice: false, (index, time) => new CancelAllConditionals(time, Account, index));
        return Task.FromResult(conditional.Kind != AnswerKind.Accepted ? conditional : Carry(instrument, needsPrice: false, (index, time) => new CancelAllOrders(time, Account, index)));
    }

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation) =>
        Task.FromResult(Ask(engine => Find(engine, instrument, clientOrderId, isConditional)));

    public Task<VenueSnapshot> TakeSnapshotAsync(
        IReadOnlyList<InstrumentId> instruments, long since, IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, CancellationToken cancellation) => Task.FromResult(Ask(engine =>
    {
        var indexes = instruments.Select(exchange.Find).OfType<int>().ToList();
        var summary = engine.Summarize(Account);
        var asked = orders.Select(order => (order.Order.ClientOrderId, Found: Find(engine, order.Instrument, order.Order.ClientOrderId, order.Order.IsConditional))).ToList();
        var time = Math.Max(engine.Time, now());
        return new VenueSnapshot
        {
            StartedAt = time,
            FinishedAt = time,
            HedgeMode = summary.HedgeMode,
            OpenOrders =
            [
                .. indexes.SelectMany(index => engine.OpenConditionals(Account, index)).Select(exchange.Reports.Of),
                .. indexes.SelectMany(index => engine.OpenOrders(Account, index)).Select(exchange.Reports.Of),
            ],
            AskedOrders = [.. asked.Select(order => order.Found).OfType<VenueOrder>()],
            NotFound = [.. asked.Where(order => order.Found is null).Select(order => order.ClientOrderId)],
            Fills = [.. indexes.SelectMany(index => engine.Fills(Account, index)).Where(fill => fill.Time >= since).OrderBy(fill => fill.Time)
                .Select(fill => exchange.Reports.Of(fill, engine.FindOrder(Account, new OrderReference(fill.Instrument, fill.OrderId, ""))?.Request.ClientOrderId ?? ""))],
            Income = [.. engine.Income(Account).Where(entry => entry.Time >= since).Select(exchange.Reports.Of).OfType<VenueIncome>()],
            Positions = [.. summary.Positions.Where(position => position.Quantity != 0m).Select(exchange.Reports.Of)],
            Balances = [exchange.Reports.Balance(summary)],
        };
    }));

    public Task<AccountFacts> GetAccountFactsAsync(CancellationToken cancellation) =>
        Task.FromResult(Ask(engine => new AccountFacts(MayTrade: true, MayWithdraw: false, IsBoundToAddresses: null, engine.Summarize(Account).HedgeMode, MultiAssetMargin: false)));

    public Task SetLeverageAsync(InstrumentId instrument, int leverage, CancellationToken cancellation) =>
        Set(instrument, index => Ask(engine => engine.Leverage(Account, index)) == leverage ? null : time => new SetLeverage(time, Account, index, leverage));

    public Task SetHedgeModeAsync(bool hedgeMode, CancellationToken cancellation) =>
        Set(null, _ => Ask(engine => engine.Summarize(Account).HedgeMode) == hedgeMode ? null : time => new SetPositionMode(time, Account, hedgeMode));

    /// <summary>Every position is margined from the whole wallet anyway.</summary>
    public Task SetCrossMarginAsync(InstrumentId instrument, CancellationToken cancellation) => Set(instrument, static _ => null);

    private static VenueOrder? Found(object? order, PaperReports reports) => order switch
    {
        Order one => reports.Of(one),
        ConditionalOrder one => reports.Of(one),
        _ => null,
    };

    private PlaceAnswer Place(InstrumentId instrument, OrderIntent intent)
    {
        var quantity = intent.Quantity;
        if (intent is { ClosePosition: true, Kind: OrderKind.Market } && exchange.Failure is null)
        {
            // A market order gets the quantity of the position, and may only reduce.
            quantity = Ask(engine => engine.Summarize(Account).Positions
                .Where(position => position.Instrument == exchange.Find(instrument) && position.Side == intent.PositionSide && Math.Sign(position.Quantity) == -(int)intent.Side)
                .Sum(position => Math.Abs(position.Quantity)));
            if (quantity == 0m)
            {
                return new PlaceAnswer(AnswerKind.Refused, RefusalKind.NothingToReduce, null, "there is no position that this order would close");
            }
        }

        return Carry(instrument, needsPrice: true, (index, time) => new Core.Matching.Commands.PlaceOrder(time, Account, PaperRequests.Of(intent, index, quantity)));
    }

    private PlaceAnswer Carry(InstrumentId instrument, bool needsPrice, Func<int, long, MatchingCommand> command)
    {
        if (exchange.Find(instrument) is not { } index)
        {
            return new PlaceAnswer(AnswerKind.Refused, RefusalKind.Other, null, $"{instrument} is not traded on this paper account");
        }

        if (exchange.Failure is { } failure)
        {
            return new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, failure);
        }

        if (needsPrice && !exchange.HasPrice(index))
        {
            return new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, $"{instrument}: there are no live prices now");
        }

        try
        {
            return exchange.Execute(time => command(index, time)).Succeeded(out var value, out var refusal)
                ? new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, Found(value, exchange.Reports), "")
                : refusal.Reason == RefusalReason.NothingToAmend
                    ? new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, null, refusal.Detail)
                    : new PlaceAnswer(AnswerKind.Refused, PaperRequests.KindOf(refusal.Reason), null, $"{refusal.Reason}: {refusal.Detail}");
        }
        catch (RunException error)
        {
            return new PlaceAnswer(AnswerKind.Unknown, RefusalKind.Other, null, error.Message);
        }
    }

    private VenueOrder? Find(MatchingEngine engine, InstrumentId instrument, string clientOrderId, bool isConditional)
    {
        if (exchange.Find(instrument) is not { } index)
        {
            return null;
        }

        return isConditional
            ? engine.FindConditional(Account, 0, clientOrderId) is { } conditional && conditional.Request.Instrument == index ? exchange.Reports.Of(conditional) : null
            : Found(engine.FindOrder(Account, new OrderReference(index, 0, clientOrderId)), exchange.Reports);
    }

    private T Ask<T>(Func<MatchingEngine, T> query)
    {
        try
        {
            return exchange.Read(query);
        }
        catch (RunException error)
        {
            throw new ExchangeException(error.Message, AnswerKind.NotSent, RefusalKind.Other, TimeSpan.Zero, error);
        }
    }

    private Task Set(InstrumentId? instrument, Func<int, Func<long, MatchingCommand>?> change)
    {
        var index = instrument is { } id ? exchange.Find(id) ?? -1 : 0;
        if (index < 0)
        {
            return Task.FromException(new ExchangeException($"{instrument} is not traded on this paper account", AnswerKind.Refused, RefusalKind.Other, TimeSpan.Zero));
        }

        try
        {
            return change(index) is not { } command || exchange.Execute(command).Succeeded(out _, out var refusal)
                ? Task.CompletedTask
                : Task.FromException(new ExchangeException($"{refusal.Reason}: {refusal.Detail}", AnswerKind.Refused, PaperRequests.KindOf(refusal.Reason), TimeSpan.Zero));
        }
        catch (TrellisException error)
        {
            return Task.FromException(error as ExchangeException ?? new ExchangeException(error.Message, AnswerKind.Unknown, RefusalKind.Other, TimeSpan.Zero, error));
        }
    }
}
