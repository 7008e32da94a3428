using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Dca;

/// <summary>A deal in thought: base order at the start price, then every safety order, and what its exits make of it.</summary>
internal sealed class DcaTrial
{
    private readonly DcaOptions options;
    private readonly DcaLadder ladder;
    private readonly InstrumentUnits units;
    private readonly DcaTerms terms;
    private readonly DcaHolding holding;
    private readonly DcaExits exits;
    private readonly int direction;
    private readonly int start;
    private readonly decimal entryFee;
    private readonly Int128 baseSize;
    private readonly Int128 safetySize;

    public DcaTrial(DcaOptions options, DcaLadder ladder, InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal startPrice)
    {
        this.options = options;
        this.ladder = ladder;
        this.units = units;
        terms = new DcaTerms(units, rules);
        direction = options.Direction == DcaDirection.Short ? -1 : 1;
        start = units.FromPrice(startPrice);
        entryFee = units.Instrument.FeeCurrency == FeeCurrency.Received ? Math.Max(0m, Math.Max(rules.MakerFee, rules.TakerFee)) : 0m;
        holding = new DcaHolding(direction, entryFee > 0m);
        exits = new DcaExits(options, new DcaSlots(ladder.Count), new DcaOrders(options, hedgeMode: false, units.Instrument.Id.Market), holding, units, direction);
        var sizes = new DcaSizes(options);
        (baseSize, safetySize) = sizes.At(Numerics.Money.FromDecimal(wallet));
    }

    public IEnumerable<StrategyProblem> Problems(DcaSizeCheck sizes)
    {
        var quantity = terms.Quantity(baseSize, start);
        Enter(start, quantity);
        exits.Renew(terms, start);
        if (quantity > 0 && exits.TakeProfitPrice == 0)
        {
            return [new StrategyProblem("take_profit_percent", $"{options.TakeProfitPercent} % from {units.ToPrice(start)} leaves no price to close at; use a smaller one")];
        }

        var exitPrice = direction > 0 || exits.TakeProfitPrice == 0 ? start : exits.TakeProfitPrice;
        List<StrategyProblem> problems = [];
        if (!terms.Minimums.Accept(quantity, start) || !terms.Minimums.Accept(terms.Minimums.WholeLots(holding.Held), exitPrice))
        {
            problems.Add(sizes.BaseTooSmall(units.ToQuantity(quantity), units.ToPrice(start), units.ToPrice(exitPrice)));
        }

        if (exits.IsStopReached(start))
        {
            problems.Add(new StrategyProblem("stop_loss", $"{options.StopLoss} is reached at the start price {units.ToPrice(start)} already; {Beyond(start)}"));
            return problems;
        }

        AddSafetyOrders(problems, sizes);
        return problems;
    }

    private void AddSafetyOrders(List<StrategyProblem> problems, DcaSizeCheck sizes)
    {
        var prices = Enumerable.Range(0, ladder.Count).Select(n => ladder.Price(n, start, terms)).ToList();
        var (tooSmall, unreached) = (false, false);
        for (var n = 0; n < ladder.Count; n++)
        {
            var quantity = terms.Quantity(ladder.Size(n, safetySize), prices[n]);
            if (!tooSmall && !terms.Minimums.Accept(quantity, prices[n]))
            {
                tooSmall = true;
                problems.Add(sizes.SafetyTooSmall(n, units.ToQuantity(quantity), [.. prices.Select(price => units.ToPrice(price))]));
            }

            if (!unreached && exits.IsStopReached(prices[n]))
            {
                unreached = true;
                var last = options.StopLossFrom == StopLossFrom.Average && options.StopLoss?.Percent is not null ? "a larger percentage" : Beyond(prices[^1]);
                problems.Add(new StrategyProblem(
                    "stop_loss",
                    $"{options.StopLoss} (at {units.ToPrice(exits.StopPrice)}) is reached before safety order {n} at {units.ToPrice(prices[n])}, which would never fill; {last}, or {DcaLadderCheck.AtMost(n)}"));
            }

            Enter(prices[n], quantity);
            exits.Renew(terms, start);
        }
    }

    private void Enter(int price, long quantity)
    {
        var baseFee = (long)decimal.Ceiling(quantity * entryFee);
        holding.Enter(new OwnFill(0, 0, Sides.FromSign(direction), price, quantity, baseFee), terms.TakerFee);
    }

    private string Beyond(int price) => $"a stop {(direction > 0 ? "below" : "above")} {units.ToPrice(price)} would do";
}
