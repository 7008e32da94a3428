using Trellis.Configuration.Shapes;

namespace Trellis.Configuration.Checks;

/// <summary>The run has a length and lies within the markets it makes up.</summary>
internal sealed class BacktestRules : IRule
{
    private static readonly InstantFormat Instants = new();

    public void Judge(CheckContext context)
    {
        if (!context.Sound("backtest", "from", "to") || context.Document.Backtest is not { } backtest)
        {
            return;
        }

        if (backtest is { From: { } from, To: { } to } && from >= to)
        {
            context.Add("backtest.from", $"is not before to ({Text(to)})", Text(from), "an instant before to, which is exclusive");
            return;
        }

        for (var i = 0; i < context.Document.Instruments.Count; i++)
        {
            var path = $"instruments[{i}].generate";
            if (!context.Sound(path) || context.Document.Instruments[i]?.Generate is not { } market)
            {
                continue;
            }

            if (backtest.From - market.From >= TimeSpan.FromDays(market.Days))
            {
                context.Add("backtest.from", $"is behind the end of the made-up market {path}, which begins {Text(market.From)} and has {market.Days} days", Text(backtest.From!.Value));
            }
            else if (backtest.To <= market.From)
            {
                context.Add("backtest.to", $"is before the made-up market {path}, which begins {Text(market.From)}", Text(backtest.To!.Value));
            }
        }
    }

    private static string Text(DateTimeOffset instant) => Instants.Write(instant).Text;
}
