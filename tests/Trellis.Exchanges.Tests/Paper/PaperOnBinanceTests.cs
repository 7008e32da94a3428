using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Paper;
using Trellis.Exchanges.Tests.Binance;

namespace Trellis.Exchanges.Tests.Paper;

/// <summary>The paper exchange on prices of the Binance adapter, which has no keys.</summary>
public sealed class PaperOnBinanceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trellis-paper-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Live_prices_fill_orders_that_the_exchange_never_hears_of()
    {
        await using var host = await SimulatedBinance.StartAsync();
        await using var paper = new PaperAdapter(
            host.Registry.Create("binance", new AdapterOptions { Environment = ExchangeEnvironment.Simulator, Address = host.Address, PollEvery = TimeSpan.FromMilliseconds(100) }, TimeProvider.System),
            new PaperOptions
            {
                StatePath = Path.Combine(_folder, "account.state"),
                Balance = 50_000m,
                Instruments = offered => [.. offered.Where(instrument => instrument.Id == SimulatedBinance.Bitcoin)],
            },
            TimeProvider.System);
        await paper.ConnectAsync(SimulatedBinance.Cancelled);
        var prices = host.Watch(paper);
        var placed = await paper.Trading.PlaceAsync(SimulatedBinance.Bitcoin, host.Intent(), SimulatedBinance.Cancelled);
        var bought = await paper.Trading.PlaceAsync(SimulatedBinance.Bitcoin, host.MarketIntent(Side.Buy), SimulatedBinance.Cancelled);
        bought.Order!.Status.ShouldBe(VenueOrderStatus.Filled, bought.Text);
        await Wait.UntilAsync(() => !prices.Quotes.IsEmpty, "prices flow");

        await host.MoveAsync(host.Above(-3));

        await Wait.UntilAsync(
            async () => (await paper.Trading.FindOrderAsync(SimulatedBinance.Bitcoin, placed.Order!.ClientOrderId, isConditional: false, SimulatedBinance.Cancelled))!.Status == VenueOrderStatus.Filled,
            "the price went through the order");
        var there = await host.SnapshotAsync();
        there.OpenOrders.ShouldBeEmpty();
        there.Fills.ShouldBeEmpty();
    }
}
