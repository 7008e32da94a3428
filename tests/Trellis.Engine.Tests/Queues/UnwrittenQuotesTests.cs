using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Queues;

namespace Trellis.Engine.Tests.Queues;

public sealed class UnwrittenQuotesTests
{
    private readonly UnwrittenQuotes quotes = new(2);

    [Fact]
    public void The_latest_of_each_market_is_written_in_the_order_in_which_they_came()
    {
        quotes.Keep(new QuoteChanged(1, 0, 1m, 2m));
        quotes.Keep(new QuoteChanged(2, 1, 3m, 4m));
        quotes.Keep(new QuoteChanged(3, 0, 5m, 6m));

        quotes.Take(new TimePassed(4)).ShouldBe([new QuoteChanged(2, 1, 3m, 4m), new QuoteChanged(3, 0, 5m, 6m)]);
        quotes.Take(new TimePassed(5)).ShouldBeEmpty();
    }

    [Fact]
    public void A_quote_that_is_written_itself_replaces_the_one_before_it()
    {
        quotes.Keep(new QuoteChanged(1, 0, 1m, 2m));
        quotes.Keep(new QuoteChanged(2, 1, 3m, 4m));

        quotes.Take(new QuoteChanged(3, 0, 5m, 6m)).ShouldBe([new QuoteChanged(2, 1, 3m, 4m)]);
    }
}
