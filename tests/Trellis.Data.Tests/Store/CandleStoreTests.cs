using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Store;

namespace Trellis.Data.Tests.Store;

public sealed class CandleStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private CandleStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lists_what_was_written_and_names_damaged_files()
    {
        Store.Write(Some.Series(new Random(1), 100, generatedBy: "jumps, seed 1"));
        Directory.CreateDirectory(folder.File("okx"));
        File.WriteAllText(folder.File("okx/1h.candles"), "garbage");

        var listing = Store.List();

        var stored = listing.Candles.ShouldHaveSingleItem();
        (stored.Instrument, stored.Count, stored.GeneratedBy, stored.First).ShouldBe((Some.Instrument, 100, "jumps, seed 1", Some.Start));
        stored.Last.ShouldBe(Some.Start + (99 * 60_000));
        listing.Damaged.ShouldHaveSingleItem().Problem.ShouldContain("okx");
    }

    [Fact]
    public void Missing_candles_are_answered_with_what_there_is_and_the_command_that_helps()
    {
        Store.Write(Some.Series(new Random(1), 100));
        var message = Should.Throw<DataException>(() => Store.Open(Some.Instrument with { Symbol = "BTCUSD" }, Interval.OneMinute)).Message;
        message.ShouldContain("did you mean binance/perp/BTCUSDT 1m?");
        message.ShouldContain("trellis data import FILE --exchange binance --market perp --symbol BTCUSD --interval 1m --store");
    }

    [Theory]
    [InlineData("../x", "BTCUSDT")]
    [InlineData("binance", "BTC/USDT")]
    [InlineData("binance", "..")]
    [InlineData("", "BTCUSDT")]
    public void Names_that_could_leave_the_folder_are_refused(string exchange, string symbol) =>
        Should.Throw<ConfigurationException>(() => Store.PathOf(new InstrumentId(exchange, MarketKind.Spot, symbol), Interval.OneMinute));

    [Fact]
    public void A_file_in_the_wrong_place_is_refused()
    {
        Store.Write(Some.Series(new Random(1), 100));
        var other = Some.Instrument with { Symbol = "ETHUSDT" };
        Directory.CreateDirectory(Path.GetDirectoryName(Store.PathOf(other, Interval.OneMinute))!);
        File.Copy(Store.PathOf(Some.Instrument, Interval.OneMinute), Store.PathOf(other, Interval.OneMinute));
        Should.Throw<DataException>(() => Store.Open(other, Interval.OneMinute)).Message.ShouldContain("the file holds binance/perp/BTCUSDT 1m");
    }

    [Fact]
    public void The_environment_names_the_default_folder()
    {
        StoreLocation.Default(name => name == "TRELLIS_STORE" ? "/data" : "/home/me").ShouldBe("/data");
        StoreLocation.Default(name => name == "HOME" ? "/home/me" : null).ShouldBe(Path.Combine("/home/me", ".trellis", "candles"));
    }
}
