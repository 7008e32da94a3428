namespace Trellis.Research.Tests.Fuzz;

/// <summary>Makes a failing case as plain as it can be while it still fails.</summary>
internal static class Shrinker
{
    public static FuzzCase Shrink(FuzzCase failing, Func<FuzzCase, bool> fails)
    {
        for (var attempts = 0; attempts < 200; attempts++)
        {
            if (Plainer(failing).FirstOrDefault(candidate => candidate != failing && fails(candidate)) is not { } smaller)
            {
                return failing;
            }

            failing = smaller;
        }

        return failing;
    }

    private static IEnumerable<FuzzCase> Plainer(FuzzCase fuzz)
    {
        if (fuzz.LanesOfBots.Counts.Length > 1)
        {
            yield return fuzz with { LanesOfBots = new EquatableLanes(fuzz.LanesOfBots.Counts[..^1]) };
        }

        if (fuzz.LanesOfBots.Counts[^1] > 1)
        {
            yield return fuzz with { LanesOfBots = new EquatableLanes([.. fuzz.LanesOfBots.Counts[..^1], fuzz.LanesOfBots.Counts[^1] - 1]) };
        }

        foreach (var candles in (IEnumerable<int>)[fuzz.Candles / 2, fuzz.Candles * 9 / 10, fuzz.Candles - 1])
        {
            if (candles >= 5)
            {
                yield return fuzz with { Candles = candles };
            }
        }

        yield return fuzz with { CutRange = false };
        yield return fuzz with { Holes = false };
        yield return fuzz with { Jumps = false };
        yield return fuzz with { Funding = false };
        yield return fuzz with { Slippage = 0 };
        yield return fuzz with { DatedRules = false };
        yield return fuzz with { Rebates = false };
        yield return fuzz with { BaseFees = false };
        yield return fuzz with { Tiers = false };
        yield return fuzz with { Optimistic = false };
        yield return fuzz with { HedgeMode = false };
        yield return fuzz with { Reckless = false };
        yield return fuzz with { AllPerpetual = true };
    }
}
