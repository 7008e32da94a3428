using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>A bot: its strategy, its lanes and what it is to be told when it is asked next.</summary>
internal sealed class ReferenceBot
{
    private readonly StatedWallet wallet = new();
    private readonly DecisionContext context;

    public ReferenceBot(BotSetup setup, int firstLane, RunRange range, bool hedge)
    {
        Strategy = setup.Strategy();
        Lanes = [.. setup.Lanes.Select((lane, index) => new ReferenceLane(firstLane + index, index, setup, lane, Strategy, range, hedge))];
        context = new DecisionContext([.. Lanes.Select(lane => lane.View)], wallet);
    }

    public IStrategy Strategy { get; }

    public IReadOnlyList<ReferenceLane> Lanes { get; }

    public void Tell(in OwnFill fill) => context.AddFill(fill);

    /// <summary>Asks at the close of a candle and takes the changes of the plans over.</summary>
    public void Ask(int candle, long closeTime, ReferenceAccount account)
    {
        context.Time = closeTime;
        wallet.Balance = Money.FromDecimal(account.Wallet);
        foreach (var lane in Lanes)
        {
            var sizes = lane.Sides.Select(side => lane.Units.FromQuantity(lane.Position(side).Size)).ToList();
            lane.View.Rules = lane.RulesAt(closeTime);
            lane.View.Candle = lane.Own(candle);
            lane.View.Close = lane.Close(candle);
            lane.View.LongPosition = sizes.Where(size => size > 0).Sum();
            lane.View.ShortPosition = -sizes.Where(size => size < 0).Sum();
            lane.View.ProfitBase = ReferenceAccount.Units(account.ProfitBase(lane));
            lane.Plan.ClearWakes();
        }

        Strategy.Decide(context);
        context.ClearFills();
        foreach (var lane in Lanes)
        {
            lane.AcceptChanges(lane.Close(candle));
        }
    }
}
