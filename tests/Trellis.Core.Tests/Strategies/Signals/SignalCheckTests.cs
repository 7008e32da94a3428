using Trellis.Core.Markets;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Core.Tests.Strategies.Signals;

public sealed class SignalCheckTests
{
    private static readonly InstrumentRules Rules = new() { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.0015m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m };

    private static readonly InstrumentUnits Units = new(
        new Instrument { Id = new InstrumentId("binance", MarketKind.Perp, "BTCUSDT"), BaseCurrency = "BTC", QuoteCurrency = "USDT", Rules = [Rules] }, 1);

    [Theory]
    [InlineData(SignalSizing.Fixed, 100, 1, 50000, "")]
    [InlineData(SignalSizing.Fixed, 99, 1, 50000, "size: positions of 99 USDT are below the smallest order of binance/perp/BTCUSDT, 100; at least 100 and a little for fees would do")]
    [InlineData(SignalSizing.Fixed, 4, 1, 1000, "size: positions of 4 USDT are below the smallest order of binance/perp/BTCUSDT, 5; at least 5 and a little for fees would do")]
    [InlineData(SignalSizing.Fixed, 1001, 1, 50000, "size: 1001 is more than the wallet of 1000; allowed: at most 1000")]
    [InlineData(SignalSizing.PercentOfEquity, 5, 1, 50000, "size: positions of 50 USDT are below the smallest order of binance/perp/BTCUSDT, 100; at least 10 and a little for fees would do")]
    [InlineData(SignalSizing.PercentOfEquity, 5, 2, 50000, "")]
    [InlineData(SignalSizing.RiskPerTrade, 1, 1, 600000, "leverage: positions of 1000 USDT are below the smallest order of binance/perp/BTCUSDT, 1200; the wallet of 1000 needs 2, which would do")]
    public void A_size_of_which_no_order_comes_is_named_with_one_that_would_do(SignalSizing sizing, int size, int leverage, int price, string expected)
    {
        var options = new SignalOptions { Name = "sma-cross", Sizing = sizing, Size = size, Leverage = leverage, StopLossPercent = 2m };
        string.Join("; ", SignalCheck.Problems(options, Units, Rules, 1_000m, price).Select(problem => $"{problem.Key}: {problem.Message}")).ShouldBe(expected);
    }

    [Fact]
    public void Before_the_price_is_known_the_minimum_notional_alone_counts()
    {
        var options = new SignalOptions { Name = "sma-cross", Size = 6m };
        SignalCheck.Problems(options, Units, Rules, 1_000m, null).ShouldBeEmpty();
    }
}
