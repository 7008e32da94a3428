using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading.Simulation;

/// <summary>Whole accounts with random bots, an exchange and faults. A failing seed is printed; it fails again with the same number.</summary>
public sealed class SimulationTests
{
    private const long Minutes = 60_000;

    /// <summary>How many seeds each case runs; TRELLIS_SEEDS asks for more.</summary>
    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("TRELLIS_SEEDS"), out var seeds) ? seeds : 20;

    public static TheoryData<ulong> Cases => [.. Enumerable.Range(0, 10).Select(number => (ulong)number)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_happens_on_the_way_books_orders_and_venue_agree_in_the_end(ulong part)
    {
        for (var i = 0; i < Seeds; i++)
        {
            var seed = (part * 1_000_000) + (ulong)i;
            try
            {
                Run(seed);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
            }
        }
    }

    internal static World Run(ulong seed, long minutes = 30)
    {
        var random = new DeterministicRandom(seed);
        var settings = RandomAccount.Of(random);
        var faults = random.NextUnit() < 0.1 ? Faults.None : Faults.Of(random);
        var world = new World(settings, faults, random.NextBits());
        world.AfterStep = () =>
        {
            if (world.Steps % 16 == 0)
            {
                CheckAlways(world);
            }
        };
        world.Begin();
        world.RunUntil(Some.Start + (minutes * Minutes));
        world.IsHealed = true;
        world.RunUntil(world.Now + (5 * Minutes));
        foreach (var order in world.Loop.View().ForeignOrders.Where(order => ClientOrderId.TryParse(order.ClientOrderId, out _)).ToList())
        {
            world.Send(new OrderAdopted(world.Now, order.ClientOrderId, "test"));
        }

        world.IsFrozen = true;
        world.RunUntil(world.Now + (4 * Minutes));
        CheckAlways(world);
        world.Journal.Index().Where(input => input.Item.Time > world.Now - Minutes).SelectMany(input => world.Followed[input.Index]).OfType<PlaceOrder>()
            .ShouldBeEmpty("in a market that stands still nothing is sent");
        CheckAtRest(world);
        world.Replay().Fingerprint().ShouldBe(world.Loop.Fingerprint(), "a replay of the journal ends elsewhere");
        return world;
    }

    private static void CheckAlways(World world)
    {
        foreach (var slot in Ours(world.Venue.OpenOrders).Where(order => order.Id.Slot >= 0).GroupBy(order => (order.Id.Bot, order.Id.Lane, order.Id.Slot)))
        {
            slot.Count().ShouldBe(1, $"two orders of one slot are open: {string.Join(", ", slot.Select(order => order.Order.ClientOrderId))}");
        }
    }

    private static void CheckAtRest(World world)
    {
        var view = world.Loop.View();
        view.Reconciliation.IsReconciled.ShouldBeTrue(view.Reconciliation.Problem);
        view.Reconciliation.Problem.ShouldBe("");
        var open = Ours(world.Venue.OpenOrders).Select(order => order.Order.ClientOrderId).Order(StringComparer.Ordinal).ToList();
        var known = view.Orders.Where(order => order.State != OrderState.Planned).ToList();
        known.Select(order => order.Intent.ClientOrderId).Order(StringComparer.Ordinal).ShouldBe(open);
        known.ShouldAllBe(order => order.BookedQuantity == order.ReportedQuantity);
        foreach (var order in known)
        {
            world.Venue.AllOrders.Last(told => told.ClientOrderId == order.Intent.ClientOrderId).ExecutedQuantity.ShouldBe(order.BookedQuantity, order.Intent.ClientOrderId);
        }

        CheckPositions(world);
        CheckMoney(world);
        CheckSlots(world);
    }

    private static void CheckPositions(World world)
    {
        var view = world.Loop.View();
        foreach (var (index, _) in world.Settings.Markets.Index())
        {
            var venue = world.Venue.Position(index) + world.Venue.Position(index, PositionSide.Long) + world.Venue.Position(index, PositionSide.Short);
            view.Markets[index].Size.ShouldBe(venue, "Σ bots + foreign = venue");
        }

        // A bot holds what its own orders have filled, no more and no less.
        var sent = world.Followed.SelectMany(effects => effects).OfType<PlaceOrder>().Select(place => place.Intent).DistinctBy(intent => intent.ClientOrderId, StringComparer.Ordinal)
            .ToDictionary(intent => intent.ClientOrderId, intent => intent.Bot, StringComparer.Ordinal);
        var filled = world.Venue.AllOrders.Where(order => sent.ContainsKey(order.ClientOrderId))
            .GroupBy(order => sent[order.ClientOrderId]).ToDictionary(group => group.Key, group => group.Sum(order => order.Side.Sign() * order.ExecutedQuantity));
        foreach (var bot in view.Bots)
        {
            bot.Positions.Sum(position => position.Size).ShouldBe(filled.GetValueOrDefault(bot.Bot), $"{bot.Name} holds something else than its orders have filled");
        }
    }

    private static void CheckMoney(World world)
    {
        var view = world.Loop.View();
        view.Reconciliation.Corrected.ShouldBe(0m, "money that nothing explains");
        var foreign = world.Loop.View().Markets.Sum(market => market.ForeignSize);
        Math.Abs(view.Reconciliation.Unexplained).ShouldBeLessThan(0.001m, $"foreign {foreign}");
    }

    /// <summary>No slot's order filled more than was planned: all attempts of a cycle together.</summary>
    private static void CheckSlots(World world)
    {
        var sent = world.Followed.SelectMany(effects => effects).OfType<PlaceOrder>().Select(place => place.Intent).DistinctBy(intent => intent.ClientOrderId, StringComparer.Ordinal);
        var executed = world.Venue.AllOrders.GroupBy(order => order.ClientOrderId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(order => order.ExecutedQuantity), StringComparer.Ordinal);
        foreach (var cycle in sent.Where(intent => !intent.ReduceOnly && !intent.ClosePosition).GroupBy(intent => Cycle(intent.ClientOrderId)))
        {
            cycle.Sum(intent => executed.GetValueOrDefault(intent.ClientOrderId)).ShouldBeLessThanOrEqualTo(cycle.Max(intent => intent.Quantity), $"slot {cycle.Key} filled twice");
        }
    }

    private static (int, int, int, int, int) Cycle(string text) =>
        ClientOrderId.TryParse(text, out var id) ? (id.Bot, id.Lane, id.Revision, id.Slot, id.Cycle) : default;

    private static IEnumerable<(ClientOrderId Id, VenueOrder Order)> Ours(IEnumerable<VenueOrder> orders)
    {
        foreach (var order in orders)
        {
            if (ClientOrderId.TryParse(order.ClientOrderId, out var id))
            {
                yield return (id, order);
            }
        }
    }
}
