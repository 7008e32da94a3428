namespace Trellis.Architecture.Tests;

/// <summary>What one exchange calls things stays in its own folder: the matching core and the simulator around it serve any exchange.</summary>
public sealed class VenueWordsTests
{
    private const string Folder = "src/Trellis.Simulator/Venues/";

    /// <summary>The list of venues, which has to name them.</summary>
    private const string List = "src/Trellis.Simulator/SimulatedVenue.cs";

    public static TheoryData<string> Words { get; } =
    [
        "binance", "fapi", "sapi", "dapi", "x-mbx", "usdⓈ", "usd-m", "usds-m", "coin-m", "listenKey", "listen key", "listen-key", "recvWindow", "newClientOrderId", "origClientOrderId",
        "clientAlgoId", "algoId", "algoOrder", "algo order", "executionReport", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ALGO_UPDATE", "aggTrade", "bookTicker", "exchangeInfo", "positionRisk",
        "positionAmt", "premiumIndex", "positionSide/dual", "countdownCancelAll", "workingType", "GTE_GTC", "GTX", "leverageBracket",
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_of_one_exchange_is_said_in_its_folder_only(string word)
    {
        Repository.SourceFiles("src/Trellis.Core/Matching").Concat(Repository.SourceFiles("src/Trellis.Simulator"))
            .Where(path => !path.StartsWith(Folder, StringComparison.Ordinal) && path != List)
            .Where(path => Repository.Read(path).Contains(word, StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_words_are_those_of_the_exchange_that_there_is()
    {
        var said = string.Concat(Repository.SourceFiles(Folder + "Binance").Select(Repository.Read));
        new[] { "binance", "fapi", "x-mbx", "recvWindow", "clientAlgoId", "listenKey", "ORDER_TRADE_UPDATE" }.ShouldAllBe(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Only_the_list_of_venues_uses_one()
    {
        Repository.SourceFiles("src/Trellis.Simulator")
            .Where(path => !path.StartsWith(Folder, StringComparison.Ordinal) && Repository.Read(path).Contains("Trellis.Simulator.Venues", StringComparison.Ordinal))
            .ShouldBe([List]);
    }
}
