using Trellis.Configuration.Model;
using Trellis.Core.Markets;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Cli.Backtest;

/// <summary>What the strategy section of a bot comes to; the one place that tells strategies apart.</summary>
/// <param name="Section">Key of the section.</param>
/// <param name="Leverage">Of the bot's margin.</param>
/// <param name="StartsAtFirstClose">Else it waits for a price, at a time nobody knows, and checks itself then.</param>
/// <param name="Create">A fresh strategy; the argument says whether the account is in hedge mode.</param>
/// <param name="Check">What its instrument and the wallet do not allow.</param>
internal sealed record BotStrategy(string Section, decimal Leverage, bool StartsAtFirstClose, Func<bool, IStrategy> Create, StrategyCheck Check)
{
    /// <summary>Null where the bot has none: the rules of the document say so.</summary>
    public static BotStrategy? Of(BotOptions bot) => bot switch
    {
        { Grid: { } grid } => new("grid", grid.Leverage, grid.StartPrice is null, hedgeMode => new GridStrategy(grid, hedgeMode), (units, rules, wallet, price) => GridCheck.Problems(grid, units, rules, wallet, price)),
        { Dca: { } dca } => new("dca", dca.Leverage, dca.StartPrice is null, hedgeMode => new DcaStrategy(dca, hedgeMode), (units, rules, wallet, price) => DcaCheck.Problems(dca, units, rules, wallet, price)),
        { Signal: { } signal } => new("signal", signal.Leverage, StartsAtFirstClose: true, OfSignal(signal), (units, rules, wallet, price) => SignalCheck.Problems(signal, units, rules, wallet, price)),
        _ => null,
    };

    private static Func<bool, IStrategy> OfSignal(SignalOptions options) =>
        hedgeMode => new SignalStrategy(options, SignalRegistry.BuiltIn().Create(options.Name, options.Parameters), hedgeMode);
}

/// <param name="wallet">Wallet balance at the start.</param>
/// <param name="startPrice">Close at the start; null where it is not known yet.</param>
internal delegate IReadOnlyList<StrategyProblem> StrategyCheck(InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal? startPrice);
