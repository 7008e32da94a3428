using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Faults;

/// <summary>Faults that are conditions of the exchange itself: its rules, its fills, its trading.</summary>
/// <param name="symbols">In the exchange's order.</param>
public sealed class ExchangeFaults(SimulatedExchange exchange, IReadOnlyList<string> symbols)
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
        for (var i = 0; i < symbols.Count; i++)
        {
            if (instrument is null || symbols[i] == instrument)
            {
                var index = i;
                exchange.Execute<object>(now => new HaltTrading(now, index, halted));
            }
        }
    }

    /// <returns>The exchange's answer: a refusal where it can't hold the rules.</returns>
    public Outcome<object> Change(string instrument, RuleChanges changes)
    {
        var rules = RulesOf(instrument);
        return Put(instrument, rules with
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

    private Outcome<object> Put(string instrument, InstrumentRules rules) => exchange.Execute<object>(now => new ChangeRules(now, IndexOf(instrument), rules));

    private int IndexOf(string instrument) => symbols.Index().First(entry => entry.Item == instrument).Index;
}
