namespace Trellis.Core.Strategies.Dca;

/// <summary>The DCA bot of docs/strategies/dca.md.</summary>
public sealed class DcaStrategy : IStrategy
{
    private readonly DcaOptions options;
    private readonly bool hedgeMode;
    private readonly DcaSlots slots;
    private readonly StartTrigger start;
    private DcaDeals? deals;

    /// <param name="options">Checked: see <see cref="DcaCheck"/>.</param>
    /// <param name="hedgeMode">Whether orders name the long or the short position.</param>
    public DcaStrategy(DcaOptions options, bool hedgeMode)
    {
        this.options = options;
        this.hedgeMode = hedgeMode;
        slots = new DcaSlots(options.MaxSafetyOrders);
        start = new StartTrigger(options.StartPrice);
    }

    public int SlotCount(int lane) => slots.Count;

    public string SlotName(int lane, int slot, int cycle) => slots.Name(slot);

    public StrategyReport Report() => deals?.Report() ?? new StrategyReport { State = "waiting for the start price" };

    public void Decide(DecisionContext context)
    {
        var lane = context.Lane;
        if (deals is null)
        {
            if (!start.IsMet(lane))
            {
                return;
            }

            Check(context, lane);
            deals = new DcaDeals(options, slots, lane.Units, hedgeMode);
        }

        foreach (ref readonly var fill in context.Fills)
        {
            deals.Take(lane, fill, context.Time);
        }

        deals.Plan(context, lane);
    }

    private void Check(DecisionContext context, StrategyLane lane)
    {
        var startPrice = lane.Units.ToPrice(lane.Close);
        var problems = DcaCheck.Problems(options, lane.Units, lane.Rules, context.WalletBalance.ToDecimal(), startPrice);
        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join(
                '\n',
                problems.Select(each => $"{lane.Units.Instrument.Id}, deal at the start price {startPrice}: {each.Key}: {each.Message}")));
        }
    }
}
