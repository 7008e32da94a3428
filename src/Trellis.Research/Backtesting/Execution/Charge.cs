namespace Trellis.Research.Backtesting.Execution;

/// <summary>What fills and funding cost; asked while running and again when the entries are told.</summary>
internal static class Charge
{
    /// <summary>The fee of a fill, at most 0 (above 0 for a rebate).</summary>
    /// <param name="lane">Whose fill it is.</param>
    /// <param name="rules">In force at the candle's open.</param>
    /// <param name="kind">Says maker or taker.</param>
    /// <param name="sign">+1 for a buy, −1 for a sell.</param>
    /// <param name="price">In price units.</param>
    /// <param name="quantity">In quantity units.</param>
    /// <param name="size">Of the position before the fill.</param>
    /// <param name="baseFee">What is kept of the quantity.</param>
    public static Int128 Fee(Lane lane, RulesInForce rules, EntryKind kind, int sign, int price, long quantity, long size, out long baseFee)
    {
        ref readonly var rate = ref kind == EntryKind.Limit ? ref rules.MakerFee : ref rules.TakerFee;
        var unitValue = price * lane.Factor;
        if (lane.FeesInReceived && sign > 0 && size >= 0)
        {
            baseFee = rate.OfQuantity(quantity);
            return -Math.BigMul(unitValue, baseFee);
        }

        baseFee = 0;
        return -rate.Of(price, quantity, unitValue);
    }

    /// <summary>What a fill brings to cash: less what was bought, plus what was sold, fee included. Parameters as with <see cref="Fee"/>.</summary>
    public static Int128 Received(Lane lane, RulesInForce rules, EntryKind kind, int sign, int price, long quantity, long size, out long baseFee)
    {
        ref readonly var rate = ref kind == EntryKind.Limit ? ref rules.MakerFee : ref rules.TakerFee;
        if (rate.IsExact && !lane.FeesInReceived)
        {
            baseFee = 0;
            return -rate.CostOf(price, sign, quantity);
        }

        var fee = Fee(lane, rules, kind, sign, price, quantity, size, out baseFee);
        return fee - Math.BigMul(price * lane.Factor, sign * (quantity - baseFee));
    }

    /// <summary>What a position receives of a funding payment: a long pays a positive rate.</summary>
    /// <param name="lane">Whose position it is.</param>
    /// <param name="rate">Of the payment.</param>
    /// <param name="mark">In price units.</param>
    /// <param name="size">Signed.</param>
    public static Int128 Funding(Lane lane, in FeeRate rate, int mark, long size)
    {
        var amount = rate.Of(mark, Math.Abs(size), mark * lane.Factor);
        return size > 0 ? -amount : amount;
    }
}
