namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>The engine against the naive exchange, on random commands.</summary>
public sealed class MatchingFuzzTests(ITestOutputHelper output)
{
    private const int DefaultOperations = 1_000_000;
    private const int OperationsPerSeed = 1_000;
    private const int MostFailures = 3;

    /// <summary>What a million commands have to hold at least, so that a fuzz of nothing fails.</summary>
    private static readonly Dictionary<string, int> Least = new(StringComparer.Ordinal)
    {
        ["trades"] = 100_000,
        ["trade: with itself"] = 10_000,
        ["trade: of the house"] = 20_000,
        ["trade: leaves a maker with a rest"] = 40_000,
        ["trade: realizes"] = 50_000,
        ["trade: by a triggered order"] = 8_000,
        ["trade: closes reduce-only"] = 10_000,
        ["trade: in hedge mode"] = 20_000,
        ["command with several trades"] = 15_000,
        ["command: AmendOrder"] = 40_000,
        ["command: SetQuotes"] = 10_000,
        ["command: TradeOutside"] = 10_000,
        ["command: SettleFunding"] = 4_000,
        ["command: MoveMarket"] = 5_000,
        ["command: ChangeRules"] = 4_000,
        ["command: SplitFills"] = 4_000,
        ["command: SetMarkPrice"] = 20_000,
        ["command: limit FillOrKill"] = 20_000,
        ["command: limit PostOnly"] = 20_000,
        ["command: limit ImmediateOrCancel"] = 30_000,
        ["command: limit GoodTillDate"] = 15_000,
        ["command: market"] = 30_000,
        ["end: Filled"] = 80_000,
        ["end: NotFilledAtOnce"] = 30_000,
        ["end: CanceledByUser"] = 20_000,
        ["end: CanceledByAmendment"] = 1_000,
        ["end: CanceledByCountdown"] = 2_000,
        ["end: DatePassed"] = 4_000,
        ["end: SelfTradePrevention"] = 10_000,
        ["end: NothingToReduce"] = 1_000,
        ["conditional: Finished"] = 10_000,
        ["conditional: Triggered"] = 3_000,
        ["conditional: Rejected"] = 4_000,
        ["conditional: Expired"] = 2_000,
        ["conditional: Canceled"] = 6_000,
        ["outcome: done"] = 400_000,
        ["refused: FillOrKillNotFilled"] = 10_000,
        ["refused: PostOnlyWouldTake"] = 5_000,
        ["refused: ReduceOnlyRefused"] = 10_000,
        ["refused: NoLiquidity"] = 5_000,
        ["refused: InsufficientMargin"] = 1_000,
        ["refused: NotionalBelowMinimum"] = 2_000,
        ["refused: NothingToAmend"] = 3_000,
        ["refused: WouldTriggerAtOnce"] = 2_000,
        ["refused: PriceAboveBand"] = 800,
        ["refused: PriceBelowBand"] = 500,
        ["refused: DuplicateClientOrderId"] = 300,
        ["refused: TooManyOpenOrders"] = 20,
        ["refused: TooManyConditionalOrders"] = 50,
        ["account liquidated"] = 20,
    };

    [Fact]
    public void The_engine_agrees_with_the_naive_exchange()
    {
        var operations = FuzzSettings.Operations(DefaultOperations);
        var first = FuzzSettings.FirstSeed;
        var counts = new FuzzCounts();
        List<string> failures = [];
        for (var seed = first; counts["commands"] < operations && failures.Count < MostFailures; seed++)
        {
            if (FuzzRun.Failure(seed, OperationsPerSeed, counts: counts) is { } failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            Assert.Fail(string.Join("\n\n", failures));
        }

        output.WriteLine(counts.ToString());
        if (operations >= DefaultOperations)
        {
            counts.ShouldHold(Least);
        }
    }
}
