using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Configuration.Checks;

/// <summary>
/// Where orders go to a real exchange, it has what the bots trade. The simulator is what a document means that says nothing of live trading,
/// so what it can't trade is for <c>trellis run</c> to refuse: a backtest can.
/// </summary>
internal sealed class LiveMarketRules(InstrumentCatalogue catalogue) : IRule
{
    public void Judge(CheckContext context)
    {
        if (!context.Sound("exchange", "type") || context.Document.Exchange.Type != ExchangeType.Binance || !context.Sound("instruments"))
        {
            return;
        }

        (string Currency, string Instrument)? first = null;
        foreach (var (index, bot) in Traded(context))
        {
            var instrument = context.Document.Instruments[index];
            var path = $"instruments[{index}]";
            if (instrument.Exchange != "binance")
            {
                context.Add($"{path}.exchange", $"does not go with exchange.type binance, where bot {bot} would trade it", $"'{instrument.Exchange}'", "binance for what bots trade");
            }
            else if (instrument.Market != MarketKind.Perp)
            {
                context.Add($"{path}.market", $"does not go with exchange.type binance, where bot {bot} would trade it", CheckContext.Word(instrument.Market), "perp for what bots trade");
            }
            else if (InstrumentResolver.QuoteCurrency(instrument, catalogue) is { } currency)
            {
                first ??= (currency, instrument.Id.ToString());
                if (currency != first.Value.Currency)
                {
                    context.Add(path, $"is quoted in {currency}, and {first.Value.Instrument} in {first.Value.Currency}: one wallet pays for what all bots trade at exchange.type binance", instrument.Id.ToString(), "one quote currency for what bots trade");
                }
            }
        }
    }

    /// <summary>Each instrument that a bot trades, once, with the first such bot.</summary>
    private static IEnumerable<(int Index, string Bot)> Traded(CheckContext context)
    {
        var seen = new HashSet<InstrumentId>();
        for (var i = 0; i < context.Document.Bots.Count; i++)
        {
            if (context.Document.Bots[i] is { } bot && context.Sound($"bots[{i}]", "name", "instrument") && context.Document.FindInstruments(bot.Instrument) is [var instrument] && seen.Add(instrument.Id))
            {
                yield return (context.Document.Instruments.ToList().IndexOf(instrument), bot.Name);
            }
        }
    }
}
