using Trellis.Core.Tests.Matching.Naive;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>An exchange that gets one rule wrong must not pass the fuzz.</summary>
public sealed class BrokenExchangeTests
{
    private const int Seeds = 60;
    private const int OperationsPerSeed = 400;

    public static TheoryData<string> Faults { get; } = [.. Enum.GetNames<NaiveFault>().Where(name => name != nameof(NaiveFault.None))];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_broken_exchange_is_found_out(string fault)
    {
        FirstSeedThatFinds(Enum.Parse<NaiveFault>(fault)).ShouldNotBeNull($"{Seeds} seeds saw nothing of it");
    }

    [Fact]
    public void A_failure_is_told_with_its_seed_and_few_commands()
    {
        var seed = FirstSeedThatFinds(NaiveFault.LastInFirstOut)!.Value;

        var failure = FuzzRun.Failure(seed, OperationsPerSeed, NaiveFault.LastInFirstOut)!;

        // Two orders at one price and one that takes; and what makes these possible: quotes of the house, a position to reduce.
        failure.ShouldStartWith($"seed {seed}, command ");
        var shrunk = failure.Split('\n').SkipWhile(line => !line.StartsWith("shrunk to", StringComparison.Ordinal)).Skip(1)
            .Where(line => !line.StartsWith("OpenAccount", StringComparison.Ordinal) && !line.StartsWith("Transfer", StringComparison.Ordinal));
        shrunk.Count().ShouldBeInRange(2, 8, failure);
    }

    private static int? FirstSeedThatFinds(NaiveFault fault) =>
        Enumerable.Range(1, Seeds).Select(seed => (int?)seed).FirstOrDefault(seed => FuzzRun.Finds(seed!.Value, OperationsPerSeed, fault));
}
