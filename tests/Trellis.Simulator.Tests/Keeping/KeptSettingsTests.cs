using Trellis.Core.Matching;
using Trellis.Simulator.Keeping;

namespace Trellis.Simulator.Tests.Keeping;

public sealed class KeptSettingsTests
{
    public static TheoryData<string, Func<KeptSettings, KeptSettings>> Changes => new()
    {
        { "exchange: the file holds binance, this run asks for okx", settings => settings with { Exchange = "okx" } },
        { "fill rule: the file holds book, this run asks for candle", settings => settings with { FillRule = FillRule.Candle } },
        { "slippage: the file holds 0, this run asks for 0.1", settings => settings with { SlippagePercent = 0.1m } },
        { "history length: the file holds 1000, this run asks for 5", settings => settings with { HistoryLength = 5 } },
        { "market: the file holds generated from seed 1, this run asks for generated from seed 2", settings => settings with { Market = "generated from seed 2" } },
        { "instruments: the file holds BTCUSDT, this run asks for BTCUSDT, ETHUSDT", settings => settings with { Instruments = StateFiles.Settings("BTCUSDT", "ETHUSDT").Instruments } },
        { "instrument BTCUSDT: its rules are others", settings => settings with { Instruments = [settings.Instruments[0] with { MaxOpenOrders = 3 }] } },
        { "accounts: the file holds main, and main is not among other", settings => settings with { Accounts = ["other"] } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_difference_is_named_with_both_values(string message, Func<KeptSettings, KeptSettings> change)
    {
        var settings = StateFiles.Settings();

        settings.DifferencesTo(change(settings)).ShouldHaveSingleItem().ShouldStartWith(message);
    }

    [Fact]
    public void Start_program_and_further_accounts_may_differ()
    {
        var settings = StateFiles.Settings();

        settings.DifferencesTo(settings with { StartTime = 5, Program = "9.9.9", Accounts = ["first", "main"], Instruments = [settings.Instruments[0] with { StartPrice = 1m }] })
            .ShouldBeEmpty();
    }
}
