using Trellis.Core.Risk;

namespace Trellis.Core.Trading.Bots;

/// <summary>
/// Watches the equity of all bots: own money, results and what their positions are worth. Peaks are taken at closes and fills alone, so that a quote
/// that changes nothing leaves no trace; the limit itself is looked at with every quote.
/// </summary>
internal sealed class DrawdownGuard
{
    private readonly LoopState state;
    private readonly BotLife life;
    private readonly DrawdownLimit? limit;
    private readonly decimal capital;

    public DrawdownGuard(LoopState state, BotLife life)
    {
        this.state = state;
        this.life = life;
        capital = state.Settings.Bots.Sum(bot => bot.Capital);
        limit = state.Settings.Limits.MaxDrawdownPercent is { } percent ? new DrawdownLimit(percent, capital) : null;
    }

    /// <summary>In the account's currency, at the middle of the quotes or the last closes.</summary>
    public decimal Equity
    {
        get
        {
            var sum = capital;
            foreach (var bot in state.Books.Bots)
            {
                sum += bot.Earned;
                foreach (var market in state.Markets)
                {
                    var size = bot.Size(market.Index);
                    if (size != 0)
                    {
                        sum += market.Notional(market.Price, size) - bot.SignedCost(market.Index);
                    }
                }
            }

            return sum;
        }
    }

    public decimal? Peak => limit?.Peak;

    /// <summary>At a close or after a fill.</summary>
    public void NotePeak() => limit?.Note(Equity);

    public bool IsReached() => limit is not null && !state.IsKilled && limit.IsReachedBy(Equity);

    public void Check()
    {
        if (IsReached())
        {
            var equity = Equity;
            life.Kill(on: true, closePositions: true, $"the drawdown limit: equity {equity:0.########} has fallen to the limit of {limit!.Floor:0.########} (highest {limit.Peak:0.########})");
        }
    }

    /// <summary>A person has released the switch: the fall is counted from here on.</summary>
    public void Reset() => limit?.Reset(Equity);
}
