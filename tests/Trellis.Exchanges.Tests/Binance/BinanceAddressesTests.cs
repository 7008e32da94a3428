using Trellis.Core;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Where the exchange is reached.</summary>
public sealed class BinanceAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "ws://127.0.0.1:8080/")]
    [InlineData("https://proxy.example/ignored?x=1", "wss://proxy.example/")]
    public void Streams_are_where_the_given_address_is(string address, string streams)
    {
        var addresses = BinanceAddresses.Of(new AdapterOptions { Environment = ExchangeEnvironment.Simulator, Address = new Uri(address) });

        addresses.Streams.ShouldBe(new Uri(streams));
        addresses.Rest.AbsolutePath.ShouldBe("/");
        addresses.Wallet.ShouldBeNull();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("ws://127.0.0.1:8080")]
    public void An_address_of_another_kind_is_refused_with_what_is_allowed(string address) =>
        Should.Throw<ConfigurationException>(() => BinanceAddresses.Of(new AdapterOptions { Environment = ExchangeEnvironment.Testnet, Address = new Uri(address) }))
            .Message.ShouldContain(address);

    [Fact]
    public void A_simulator_has_no_address_of_its_own() =>
        Should.Throw<ConfigurationException>(() => BinanceAddresses.Of(new AdapterOptions { Environment = ExchangeEnvironment.Simulator })).Message.ShouldContain("needs an address");

    [Theory]
    [InlineData(ExchangeEnvironment.Mainnet, true)]
    [InlineData(ExchangeEnvironment.Testnet, false)]
    public void Permissions_of_keys_are_told_on_the_main_net_alone(ExchangeEnvironment environment, bool hasWallet) =>
        (BinanceAddresses.Of(new AdapterOptions { Environment = environment }).Wallet is not null).ShouldBe(hasWallet);
}
