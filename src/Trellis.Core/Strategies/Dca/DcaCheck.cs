using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Dca;

/// <summary>What can be said about a DCA bot before it trades.</summary>
public static class DcaCheck
{
    /// <summary>Problems of the first deal; empty where it can start.</summary>
    /// <param name="options">The bot.</param>
    /// <param name="units">Of its instrument.</param>
    /// <param name="rules">In force at the start.</param>
    /// <param name="wallet">Wallet balance at the start.</param>
    /// <param name="startPrice">Close at the start; null where it is not known yet: then what depends on it is not looked at.</param>
    public static IReadOnlyList<StrategyProblem> Problems(DcaOptions options, InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal? startPrice)
    {
        var ladder = new DcaLadder(options);
        if (DcaLadderCheck.ProblemOfOffsets(options, ladder) is { } problem)
        {
            return [problem];
        }

        var sizes = new DcaSizeCheck(options, ladder, units, rules, wallet);
        List<StrategyProblem?> problems = [sizes.Reserve(), DcaFeeCheck.Problem(options, units, rules)];
        if (startPrice is { } price)
        {
            var prices = DcaLadderCheck.ProblemOfPrices(options, ladder, units, rules, price);
            problems.Add(prices);
            problems.AddRange(prices is null && !sizes.IsBeyondAnyWallet ? new DcaTrial(options, ladder, units, rules, wallet, price).Problems(sizes) : []);
        }
        else
        {
            problems.Add(sizes.BelowLeastNotional());
            problems.Add(DcaLadderCheck.ProblemOfStopShare(options, ladder));
        }

        return [.. problems.OfType<StrategyProblem>()];
    }
}
