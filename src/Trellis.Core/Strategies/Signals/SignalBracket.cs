namespace Trellis.Core.Strategies.Signals;

/// <summary>Where stop loss and take profit of a position lie (docs/strategies/signals.md, "Stops and targets").</summary>
/// <param name="Stop">In price units, on the tick; 0 for none.</param>
/// <param name="StopDistance">From the reference price to the stop, in price units; 0 for none.</param>
/// <param name="Target">In price units, on the tick; 0 for none.</param>
internal readonly record struct SignalBracket(int Stop, long StopDistance, int Target)
{
    /// <summary>Prices at or above this do not exist (docs/backtest.md, section 1).</summary>
    private const int Top = int.MaxValue / 2;

    /// <param name="options">Distances.</param>
    /// <param name="direction">+1 for a long position, −1 for a short one.</param>
    /// <param name="cost">Σ price × quantity, in price units × quantity units…</param>
    /// <param name="quantity">…whose quotient is the price to measure from.</param>
    /// <param name="terms">Whose tick counts.</param>
    /// <param name="range">Average true range in quote currency; NaN where it is not known.</param>
    /// <param name="bracket">The prices.</param>
    /// <returns>Whether they exist.</returns>
    public static bool TryPrice(SignalOptions options, int direction, Int128 cost, long quantity, SignalTerms terms, double range, out SignalBracket bracket)
    {
        bracket = default;
        var tick = terms.Tick;
        var reference = Math.Max(NearestTick(cost, quantity, tick), tick);
        var most = Top / tick;
        if ((options.NeedsAtr && double.IsNaN(range)) ||
            Ticks(options.StopLossPercent, terms.Rough.StopLossPercent, options.StopLossAtr) is not { } stopTicks ||
            Ticks(options.TakeProfitPercent, terms.Rough.TakeProfitPercent, options.TakeProfitAtr) is not { } targetTicks)
        {
            return false;
        }

        if (options.TakeProfitR is { } multiple)
        {
            if (!TryFloor((terms.Rough.TakeProfitR * stopTicks) + 0.5, out targetTicks))
            {
                targetTicks = (long)Math.Min(decimal.Floor((multiple * stopTicks) + 0.5m), int.MaxValue);
            }

            targetTicks = Math.Max(1, targetTicks);
            if (targetTicks > most)
            {
                return false;
            }
        }

        var stop = stopTicks == 0 ? 0 : reference - (direction * stopTicks * tick);
        var target = targetTicks == 0 ? 0 : reference + (direction * targetTicks * tick);
        if ((stopTicks > 0 && stop is < 1 or >= Top) || (targetTicks > 0 && target is < 1 or >= Top))
        {
            return false;
        }

        bracket = new SignalBracket((int)stop, stopTicks * tick, (int)target);
        return true;

        long? Ticks(decimal? percent, double roughPercent, decimal? ranges)
        {
            if (percent is { } share)
            {
                var wide = PercentTicks(reference, share, roughPercent, tick);
                return wide <= most ? wide : null;
            }

            if (ranges is not { } times)
            {
                return 0;
            }

            var ticks = Math.Floor(((double)times * range / terms.TickSize) + 0.5);
            return ticks <= most ? (long)Math.Max(1.0, ticks) : null;
        }
    }

    /// <summary>⌊cost ÷ (quantity × tick) + ½⌋ ticks.</summary>
    private static long NearestTick(Int128 cost, long quantity, int tick)
    {
        // The usual sizes fit 64 bits, whose division is several times faster.
        const long Fits = long.MaxValue / 4;
        if (cost < Fits && quantity < Fits / tick)
        {
            return ((2 * (long)cost) + (tick * quantity)) / (2 * tick * quantity) * tick;
        }

        return (long)(((2 * cost) + ((Int128)tick * quantity)) / (2 * (Int128)tick * quantity)) * tick;
    }

    /// <summary>⌊reference × percent ÷ (100 × tick) + ½⌋, at least 1; more than any price where it is more than that.</summary>
    private static long PercentTicks(long reference, decimal percent, double roughPercent, int tick)
    {
        if (TryFloor((reference * roughPercent / (100.0 * tick)) + 0.5, out var ticks))
        {
            return Math.Max(1, ticks);
        }

        // Whole numbers above and below the line: no quotient is close enough to a whole number to be mistaken for it.
        return (long)Math.Clamp(decimal.Floor(((2 * reference * percent) + (100m * tick)) / (200m * tick)), 1m, int.MaxValue);
    }

    /// <summary>A double tells the floor unless it is near the step from one whole number to the next; below 2^31 its error is far below the band.</summary>
    private static bool TryFloor(double rough, out long floor)
    {
        var whole = Math.Floor(rough);
        var isSure = rough < int.MaxValue && rough - whole is > 1e-5 and < 1 - 1e-5;
        floor = isSure ? (long)whole : 0;
        return isSure;
    }
}
