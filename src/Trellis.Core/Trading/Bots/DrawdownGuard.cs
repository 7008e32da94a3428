using Trellis.Core.Risk;

namespace Trellis.Core.Trading.Bots;

/// <summary>
/// Watches the equity of all bots: own money, results and what their positions are worth. Peaks are taken at closes and fills alone, so that a quote
/// that changes nothing leaves no trace.
/// </summary>
/// <remarks>
/// Whether a quote matters may depend on it and on what the last input that mattered left, but on no quote in between: a journal has not got those.
/// So each market's move is measured from that input on. With n markets held, the limit can't be reached before one of them has lost an n-th of
/// what is left to the limit; that one matters, and then all prices count as they are.
/// </remarks>
internal sealed class DrawdownGuard
{
    private readonly LoopState state;
    private readonly BotLife life;
    private readonly DrawdownLimit? limit;
    private readonly decimal capital;
    private readonly decimal[] sizes;
    private readonly decimal[] prices;

    /// <summary>The loss of one market, since the last input that mattered, that has to be looked at.</summary>
    private decimal share;

    public DrawdownGuard(LoopState state, BotLife life)
    {
        this.state = state;
        this.life = life;
        capital = state.Settings.Bots.Sum(bot => bot.Capital);
        sizes = new decimal[state.Markets.Length];
        prices = new decimal[state.Markets.Length];
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

    /// <summary>Whether a new quote of a market has brought the limit within reach.</summary>
    public bool IsNeared(int market) =>
        limit is not null && sizes[market] != 0 && !state.IsKilled && state.Markets[market].Notional(prices[market] - state.Markets[market].Price, sizes[market]) >= share;

    /// <summary>An input that mattered has been dealt with: moves are measured from here on.</summary>
    public void Mark()
    {
        if (limit is null)
        {
            return;
        }

        var held = 0;
        foreach (var market in state.Markets)
        {
            prices[market.Index] = market.Price;
            sizes[market.Index] = 0m;
            foreach (var bot in state.Books.Bots)
            {
                sizes[market.Index] += bot.Size(market.Index);
            }

            held += sizes[market.Index] != 0 ? 1 : 0;
        }

        share = held == 0 ? decimal.MaxValue : (Equity - limit.Floor) / held;
    }

    public void Check()
    {
        if (limit is null || state.IsKilled)
        {
            return;
        }

        var equity = Equity;
        if (limit.IsReachedBy(equity))
        {
            life.Kill(on: true, closePositions: true, $"the drawdown limit: equity {equity:0.########} has fallen to the limit of {limit.Floor:0.########} (highest {limit.Peak:0.########})");
        }
    }

    /// <summary>A person has released the switch: the fall is counted from here on.</summary>
    public void Reset() => limit?.Reset(Equity);
}
