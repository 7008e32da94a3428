using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Tests.Trading;

public sealed class QuoteTests
{
    [Fact]
    public void A_quote_that_does_not_matter_allocates_nothing()
    {
        var desk = Brackets.Entered(stop: 500, target: 2_000);
        var effects = new List<TradingEffect>();
        var quotes = Enumerable.Range(0, 1_000).Select(i => new QuoteChanged(desk.Now, 0, 99m + (i % 7), 99.2m + (i % 7))).ToList();
        desk.Loop.Handle(quotes[0], effects);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var quote in quotes)
        {
            desk.Loop.Handle(quote, effects).ShouldBeFalse();
        }

        // ShouldBeFalse itself boxes nothing; a kilobyte is the slack of the runtime.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_024);
        effects.ShouldBeEmpty();
    }

    [Fact]
    public void Before_the_process_has_begun_no_quote_matters()
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy));

        desk.Loop.Handle(new QuoteChanged(0, 0, 1m, 2m), []).ShouldBeFalse();
    }
}
