using Trellis.Configuration.Checks;
using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Cli.Backtest;

/// <summary>
/// The ladder of every bot against the rules of its instrument, as far as it is known before the candles are: what depends on the
/// start price is looked at again once that price is known (<see cref="StartPriceCheck"/>).
/// </summary>
internal sealed class LadderCheck : IDocumentCheck
{
    public IEnumerable<ConfigurationProblem> Check(Document document)
    {
        if (MixedCurrencies(document) is { } mixed)
        {
            yield return mixed;
        }

        for (var i = 0; i < document.Bots.Count; i++)
        {
            if (BotStrategy.Of(document.Bots[i]) is { } strategy && document.FindInstruments(document.Bots[i].Instrument) is [var options])
            {
                var path = $"bots[{i}].{strategy.Section}";
                var problems = Check(document, path, strategy, options).ToList();
                if (problems.Count == 0 && TierCapCheck.Problem(path, document.Bots[i], InstrumentResolver.Resolve(options), document.Account.Balance) is { } capped)
                {
                    problems.Add(capped);
                }

                foreach (var problem in problems)
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>The problems of a ladder as those of the document.</summary>
    public static IEnumerable<ConfigurationProblem> Problems(string path, BotStrategy strategy, InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal? startPrice)
    {
        try
        {
            return [.. strategy.Check(units, rules, wallet, startPrice)
                .Select(problem => new ConfigurationProblem { Path = $"{path}.{problem.Key}", Rule = problem.Message })];
        }
        catch (ConfigurationException error)
        {
            return [new ConfigurationProblem { Path = path, Rule = error.Message }];
        }
    }

    private static IEnumerable<ConfigurationProblem> Check(Document document, string path, BotStrategy strategy, InstrumentOptions options)
    {
        InstrumentUnits units;
        Instrument instrument;
        ConfigurationProblem? unfit = null;
        try
        {
            instrument = InstrumentResolver.Resolve(options);
            units = new InstrumentUnits(instrument, dataDecimals: 0);
        }
        catch (ConfigurationException error)
        {
            instrument = null!;
            units = null!;
            unfit = new ConfigurationProblem { Path = path, Rule = error.Message };
        }

        if (unfit is not null)
        {
            return [unfit];
        }

        // Which rules will be in force at the start is known only with a date; without one, the ladder is wrong if none of them would do.
        var start = document.Backtest.From > options.Generate?.From ? document.Backtest.From : options.Generate?.From ?? document.Backtest.From;
        var candidates = start is { } date ? [instrument.RulesAt(date)] : instrument.Rules;
        IEnumerable<ConfigurationProblem> found = [];
        foreach (var rules in candidates)
        {
            found = Problems(path, strategy, units, rules, document.Account.Balance, startPrice: null);
            if (!found.Any())
            {
                return [];
            }
        }

        return found;
    }

    private static ConfigurationProblem? MixedCurrencies(Document document)
    {
        string? currency = null;
        for (var i = 0; i < document.Bots.Count; i++)
        {
            if (document.FindInstruments(document.Bots[i].Instrument) is not [var options])
            {
                continue;
            }

            var quote = InstrumentResolver.Resolve(options).QuoteCurrency;
            currency ??= quote;
            if (quote != currency)
            {
                return new ConfigurationProblem
                {
                    Path = $"bots[{i}].instrument",
                    Value = document.Bots[i].Instrument,
                    Rule = $"is quoted in {quote}, the bots before it in {currency}; one wallet has one currency",
                    Allowed = $"instruments quoted in {currency}, or a configuration of its own",
                };
            }
        }

        return null;
    }
}
