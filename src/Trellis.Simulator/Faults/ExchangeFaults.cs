using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Faults;

/// <summary>Faults that are conditions of the exchange itself: its rules, its fills, its trading.</summary>
/// <param name="instruments">In the order of the exchange.</param>
public sealed class ExchangeFaults(SimulatedExchange exchange, IReadOnlyList<MatchingInstrument> instruments)
{
    /// <summary>Brings a condition about.</summary>
    /// <returns>What takes it back.</returns>
    public Action Apply(FaultRule rule)
    {
        switch (rule.Kind)
        {
            case FaultKind.PartialFills:
                Split(rule.Parts);
                return () => Split(1);
            case FaultKind.TradingHalt:
                Halt(rule.Instrument, halted: true);
                return () => Halt(rule.Instrument, halted: false);
            default:
                var before = RulesOf(rule.Instrument!);
                Change(rule.Instrument!, rule.Rules!);
                return () => Put(rule.Instrument!, before);
        }
    }

    /// <summary>Splits fills of users' resting orders into at least so many parts; 1 is off.</summary>
    public void Split(int parts) => exchange.Execute<object>(now => new SplitFills(now, parts));

    /// <param name="instrument">Symbol; null for all.</param>
    public void Halt(string? instrument, bool halted)
    {
        for (var i = 0; i < instruments.Count; i++)
        {
            if (instrument is null || instruments[i].Instrument.Id.Symbol == instrument)
            {
                var index = i;
                exchange.Execute<object>(now => new HaltTrading(now, index, halted));
            }
        }
    }

    /// <param name="changes">On the steps that the exchange counts in: <see cref="RuleSteps"/>.</param>
    public void Change(string instrument, RuleChanges changes)
    {
        var rules = RulesOf(instrument);
        Put(instrument, rules with
        {
            TickSize = changes.TickSize ?? rules.TickSize,
            LotSize = changes.LotSize ?? rules.LotSize,
            MinQuantity = changes.MinQuantity ?? rules.MinQuantity,
            MinNotional = changes.MinNotional ?? rules.MinNotional,
            MakerFee = changes.MakerFee ?? rules.MakerFee,
            TakerFee = changes.TakerFee ?? rules.TakerFee,
        });
    }

    /// <summary>The rules that are in force now.</summary>
    public InstrumentRules RulesOf(string instrument) => exchange.Read(engine =>
        engine.Instruments[IndexOf(instrument)].Instrument.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(engine.Time)));

    private void Put(string instrument, InstrumentRules rules) => exchange.Execute<object>(now => new ChangeRules(now, IndexOf(instrument), rules));

    private int IndexOf(string instrument) => instruments.Index().First(entry => entry.Item.Instrument.Id.Symbol == instrument).Index;
}
