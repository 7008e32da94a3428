using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Tests.Trading.Simulation;

public sealed class OneSeedTests
{
    [Fact]
    public void Debug()
    {
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("TRELLIS_SEED") ?? "0");
        try
        {
            SimulationTests.Run(seed);
        }
        finally
        {
            var world = SimulationTests.Latest!;
            foreach (var (index, effects) in world.Followed.Index())
            {
                foreach (var effect in effects)
                {
                    if (effect is Alert or LedgerPosted or BotStateChanged or Reconcile)
                    {
                        Console.WriteLine($"{index} {world.Journal[index].Time - Some.Start} {world.Journal[index].GetType().Name}: {(effect is LedgerPosted posted ? posted.Entry.Text + " " + posted.Time + " " + posted.Reference : effect is Reconcile r ? $"reconcile {r.Reconciliation}" : effect)}");
                    }
                }
            }
        }
    }
}
