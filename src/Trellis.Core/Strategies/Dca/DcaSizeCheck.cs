using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Dca;

/// <summary>Sizes of orders against the wallet and the exchange's minimums.</summary>
internal sealed class DcaSizeCheck(DcaOptions options, DcaLadder ladder, InstrumentUnits units, InstrumentRules rules, decimal wallet)
{
    private readonly decimal dearestFee = Math.Max(0m, Math.Max(rules.MakerFee, rules.TakerFee));

    /// <summary>More than any wallet: amounts that a deal in thought could not be counted with.</summary>
    public bool IsBeyondAnyWallet => Total(ladder.Count) > 1_000_000_000_000_000m;

    private bool IsPercent => options.Sizing == DcaSizing.PercentOfBalance;

    /// <summary>Own money per notional: the margin and the fee that is kept aside.</summary>
    private decimal OwnShare => (1m / options.Leverage) + dearestFee;

    /// <summary>Size of the base order in quote currency.</summary>
    public decimal BaseSize => Money(options.BaseOrderSize);

    /// <summary>The base order and all safety orders, with fees, are more than the wallet holds.</summary>
    public StrategyProblem? Reserve()
    {
        var notional = Total(ladder.Count);
        var reserved = notional * OwnShare;
        if (reserved <= wallet)
        {
            return null;
        }

        var text = $"{Round(reserved)} of own money for the base order{(ladder.Count == 0 ? "" : $" and {ladder.Count} safety orders")} " +
            $"(notional {Round(notional)} at leverage {options.Leverage}, with fees) is more than the wallet holds ({wallet})";
        if (Total(0) * OwnShare > wallet)
        {
            var most = decimal.Floor((IsPercent ? 100m : wallet) / OwnShare * 100m) / 100m;
            return new StrategyProblem("base_order_size", $"{text}; at most {most} would do, without safety orders");
        }

        var fitting = ladder.Count;
        while (Total(fitting) * OwnShare > wallet)
        {
            fitting--;
        }

        return new StrategyProblem("max_safety_orders", $"{text}; {DcaLadderCheck.AtMost(fitting)} would do, or smaller sizes");
    }

    /// <summary>Sizes below the least notional, whatever the price.</summary>
    public StrategyProblem? BelowLeastNotional()
    {
        if (BaseSize < rules.MinNotional)
        {
            return new StrategyProblem("base_order_size", $"{BaseSize} is below the exchange's least notional of {rules.MinNotional}; {Would("base_order_size", rules.MinNotional)}");
        }

        for (var n = 0; n < ladder.Count; n++)
        {
            if (SafetySize(n) < rules.MinNotional)
            {
                var least = Enumerable.Range(0, ladder.Count).Max(each => rules.MinNotional / Factor(each));
                return new StrategyProblem("safety_order_size", $"{Round(SafetySize(n))} for safety order {n} is below the exchange's least notional of {rules.MinNotional}; {Would("safety_order_size", least)}");
            }
        }

        return null;
    }

    /// <summary>Says which base order the exchange would take.</summary>
    /// <param name="quantity">What the size gives at the price.</param>
    /// <param name="price">Of the base order.</param>
    /// <param name="exitPrice">Where it is closed again.</param>
    public StrategyProblem BaseTooSmall(decimal quantity, decimal price, decimal exitPrice) => new(
        "base_order_size",
        $"{BaseSize} leaves {quantity} at {price}; {Minimums()}; {Would("base_order_size", LeastSize(price, exitPrice))}");

    public StrategyProblem SafetyTooSmall(int n, decimal quantity, IReadOnlyList<decimal> prices)
    {
        var least = Enumerable.Range(0, ladder.Count).Max(each => LeastSize(prices[each], prices[each]) / Factor(each));
        return new StrategyProblem(
            "safety_order_size",
            $"{Round(SafetySize(n))} for safety order {n} leaves {quantity} at {prices[n]}; {Minimums()}; {Would("safety_order_size", least)}");
    }

    private decimal SafetySize(int n) => Money(options.SafetyOrderSize.GetValueOrDefault()) * Factor(n);

    private decimal Factor(int n) => ladder.Factor(n) / 1_000_000_000_000m;

    private decimal Total(int safetyOrders) => BaseSize + Enumerable.Range(0, safetyOrders).Sum(SafetySize);

    private decimal Money(decimal size) => IsPercent ? wallet * size / 100m : size;

    private string Minimums() => $"the exchange asks for lots of {rules.LotSize}, at least {rules.MinQuantity} and a notional of at least {rules.MinNotional}";

    private string Would(string key, decimal size) => IsPercent
        ? $"a {key} of {decimal.Ceiling(size / wallet * 10_000m) / 100m} (percent of the wallet) would do"
        : $"a {key} of {decimal.Ceiling(size * 100m) / 100m} would do";

    /// <summary>The least size whose quantity at a price the exchange takes, and after the fee at the exit's price too.</summary>
    private decimal LeastSize(decimal price, decimal exitPrice)
    {
        var multiplier = units.Instrument.ContractMultiplier;
        var minimum = Math.Max(rules.MinQuantity, rules.MinNotional / (Math.Min(price, exitPrice) * multiplier));
        var lots = Math.Max(1m, decimal.Ceiling(minimum / rules.LotSize));
        if (units.Instrument.FeeCurrency == FeeCurrency.Received)
        {
            lots = decimal.Ceiling(((lots * rules.LotSize) + units.ToQuantity(1)) / (1m - dearestFee) / rules.LotSize);
        }

        return lots * rules.LotSize * price * multiplier;
    }

    /// <summary>Shown to a cent, rounded up.</summary>
    private static string Round(decimal amount) => $"{decimal.Ceiling(amount * 100m) / 100m:0.##}";
}
