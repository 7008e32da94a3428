using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Simulation.Exchange;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation.Mutants;

/// <summary>Sends an order again when nobody answered.</summary>
public sealed class ResendsTheUnknown : ShellSeam
{
    private readonly Dictionary<string, PlaceOrder> sent = new(StringComparer.Ordinal);

    public override IEnumerable<TradingEffect>? Carry(TradingEffect effect)
    {
        if (effect is PlaceOrder place)
        {
            sent[place.Intent.ClientOrderId] = place;
        }

        return [effect];
    }

    public override IEnumerable<TradingEffect>? AfterAnswer(PlaceAnswered answered) =>
        answered.Answer.Kind == AnswerKind.Unknown ? [sent[answered.ClientOrderId]] : [];
}

/// <summary>Takes a repeated fill for another one.</summary>
public sealed class BooksFillsTwice : ShellSeam
{
    private int fills;

    public override IEnumerable<TradingInput>? Tell(TradingInput input) => input is FillReported reported && ++fills % 50 == 0
        ? [input, reported with { Fill = reported.Fill with { TradeId = $"{reported.Fill.TradeId}again" } }]
        : [input];
}

/// <summary>Leaves out what a hand did: neither its orders nor its fills reach the loop.</summary>
public sealed class ForgetsForeign : ShellSeam
{
    public override IEnumerable<TradingInput>? Tell(TradingInput input) => input switch
    {
        OrderReported reported when Hand.IsOf(reported.Order.ClientOrderId) => [],
        FillReported reported when Hand.IsOf(reported.Fill.ClientOrderId) => [],
        _ => [input],
    };

    public override VenueSnapshot Show(VenueSnapshot snapshot) => snapshot with { OpenOrders = [.. snapshot.OpenOrders.Where(order => !Hand.IsOf(order.ClientOrderId))] };
}

/// <summary>Cancels whatever is open, a hand's orders among them, when it cancels anything.</summary>
public sealed class CancelsForeign : ShellSeam
{
    private string? foreign;
    private int market;

    public override IEnumerable<TradingInput>? Tell(TradingInput input)
    {
        if (input is OrderReported { Order: { Status: VenueOrderStatus.Open } order } && Hand.IsOf(order.ClientOrderId))
        {
            (foreign, market) = (order.ClientOrderId, order.Instrument.Symbol == "BTCUSDT" ? 0 : 1);
        }

        return [input];
    }

    public override IEnumerable<TradingEffect>? Carry(TradingEffect effect) =>
        effect is CancelOrder && foreign is { } id ? [effect, new CancelOrder(market, id, "", IsConditional: false)] : [effect];
}

/// <summary>Does not wait for the commit.</summary>
public sealed class SendsBeforeCommit : ShellSeam
{
    public override bool MayLeaveBeforeCommit(TradingEffect effect) => true;
}

/// <summary>Does not journal the quotes that an input was judged by.</summary>
public sealed class ForgetsQuotes : ShellSeam
{
    public override bool KeepsQuotes => false;
}

/// <summary>Sends more than was wanted.</summary>
public sealed class SendsMore : ShellSeam
{
    public override IEnumerable<TradingEffect>? Carry(TradingEffect effect) =>
        effect is PlaceOrder { Intent: { ReduceOnly: false, ClosePosition: false } intent } ? [new PlaceOrder(intent with { Quantity = intent.Quantity * 4 })] : [effect];
}
