using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Engine.Observing;
using Trellis.Engine.Queues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Streams;

/// <summary>News of the account on its way into the order queue. None is dropped: a full queue stops the reader, and one that stood still for too long tells a gap.</summary>
internal sealed class UserIntake(InputQueues queues, Observers observers, Action<string>? checkpoint) : IUserSink
{
    public void Order(VenueOrder order) => Take(new OrderReported(0, order));

    public void Fill(VenueFill fill)
    {
        checkpoint?.Invoke("before-booking");
        Take(new FillReported(0, fill));
    }

    public void Income(VenueIncome income) => Take(new IncomeReported(0, income));

    public void Lost(string why) => queues.Answer(new StreamLost(0, StreamKind.User, why));

    public void Restored() => queues.Answer(new StreamRestored(0, StreamKind.User));

    private void Take(TradingInput input)
    {
        if (!queues.Order(input))
        {
            const string Text = "the order queue was full for too long; the account is asked for again";
            observers.Notice(AlertLevel.Error, "order-queue-full", Text);
            Lost(Text);
            Restored();
        }
    }
}
