using System.Text.Json;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.State;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>What holds after every command, whatever the commands are.</summary>
public sealed class EngineLawTests
{
    private const int Accounts = 6;
    private const int Instruments = 2;
    private const int Commands = 1_500;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 6).Select(seed => (ulong)seed)];

    [Fact]
    public void Money_and_contracts_are_conserved_and_nobody_stays_below_maintenance_margin()
    {
        var liquidations = 0;
        var trades = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var engine = new MatchingEngine(TestExchange.SettingsOf(instruments: Instruments));
            foreach (var command in Stream(seed))
            {
                engine.Apply(command);
                if (Problem(engine) is { } problem)
                {
                    Assert.Fail($"seed {seed}, {command}: {problem}");
                }

                liquidations += engine.Events.OfType<Liquidated>().Count();
                trades += engine.Events.OfType<Traded>().Count();
                engine.Events.Clear();
                engine.LevelChanges.Clear();
            }

            for (var account = 1; account < engine.AccountCount; account++)
            {
                engine.Summarize(new AccountId(account)).WalletBalance.ShouldBe(engine.Income(new AccountId(account)).Sum(entry => entry.Amount));
            }
        }

        liquidations.ShouldBeGreaterThan(5);
        trades.ShouldBeGreaterThan(3_000);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Equal_commands_give_equal_events_and_an_equal_engine(ulong seed)
    {
        var first = new MatchingEngine(TestExchange.SettingsOf(instruments: Instruments));
        var second = new MatchingEngine(TestExchange.SettingsOf(instruments: Instruments));

        foreach (var command in Stream(seed))
        {
            first.Apply(command);
            second.Apply(command);
        }

        Telling.Take(first).ShouldBe(Telling.Take(second));
        Telling.State(first).ShouldBe(Telling.State(second));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_engine_that_was_kept_and_brought_back_goes_on_as_the_one_that_ran_on(ulong seed)
    {
        var settings = TestExchange.SettingsOf(instruments: Instruments, history: 50);
        var running = new MatchingEngine(settings);
        var restored = new MatchingEngine(settings);
        var count = 0;
        foreach (var command in Stream(seed))
        {
            running.Apply(command);
            restored.Apply(command);
            Telling.Take(restored).ShouldBe(Telling.Take(running));
            if (++count % 97 == 0)
            {
                var kept = Telling.State(running);
                Telling.State(restored).ShouldBe(kept);
                restored = MatchingEngine.Restore(settings, JsonSerializer.Deserialize<EngineState>(kept)!);
                Telling.State(restored).ShouldBe(kept);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Level_changes_add_up_to_the_book(ulong seed)
    {
        var engine = new MatchingEngine(TestExchange.SettingsOf(instruments: Instruments));
        var levels = new Dictionary<(int Instrument, Side Side, decimal Price), decimal>();
        var updates = new long[Instruments];
        foreach (var command in Stream(seed))
        {
            engine.Apply(command);
            foreach (var change in engine.LevelChanges)
            {
                change.UpdateId.ShouldBe(++updates[change.Instrument]);
                levels[(change.Instrument, change.Side, change.Price)] = change.Quantity;
            }

            engine.LevelChanges.Clear();
        }

        for (var instrument = 0; instrument < Instruments; instrument++)
        {
            engine.LastUpdateId(instrument).ShouldBe(updates[instrument]);
            foreach (var side in new[] { Side.Buy, Side.Sell })
            {
                var told = levels
                    .Where(level => level.Key.Instrument == instrument && level.Key.Side == side && level.Value != 0)
                    .Select(level => new QuoteLevel(level.Key.Price, level.Value))
                    .OrderBy(level => -side.Sign() * level.Price);
                engine.Levels(instrument, side, int.MaxValue).ShouldBe(told);
            }
        }
    }

    private static IEnumerable<MatchingCommand> Stream(ulong seed)
    {
        var commands = new RandomCommands(seed, Accounts, Instruments);
        return commands.Openings().Concat(Enumerable.Range(0, Commands).Select(_ => commands.Next()));
    }

    /// <summary>What is wrong with an engine; null for nothing.</summary>
    private static string? Problem(MatchingEngine engine)
    {
        var totals = engine.Totals;
        if (totals.Wallets + totals.PositionCosts + totals.Fees + totals.Insurance + totals.Rounding != totals.Deposits || totals.NetQuantities.Any(net => net != 0m))
        {
            return $"not conserved: {totals}";
        }

        for (var account = 1; account < engine.AccountCount; account++)
        {
            var summary = engine.Summarize(new AccountId(account));
            if (summary.MarginBalance < summary.MaintenanceMargin || summary.WalletBalance < 0m && summary.Positions.All(position => position.Quantity == 0m))
            {
                return $"not liquidated: {summary}";
            }
        }

        for (var instrument = 0; instrument < Instruments; instrument++)
        {
            var bids = engine.Levels(instrument, Side.Buy, int.MaxValue);
            var asks = engine.Levels(instrument, Side.Sell, int.MaxValue);
            if (bids.Count > 0 && asks.Count > 0 && bids[0].Price >= asks[0].Price)
            {
                return $"crossed: {bids[0]} {asks[0]}";
            }

            if (bids.Concat(asks).Any(level => level.Quantity <= 0m) ||
                bids.Zip(bids.Skip(1)).Any(pair => pair.First.Price <= pair.Second.Price) ||
                asks.Zip(asks.Skip(1)).Any(pair => pair.First.Price >= pair.Second.Price))
            {
                return "an empty level, or levels out of order";
            }
        }

        return null;
    }
}
