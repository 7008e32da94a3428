using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;

namespace Trellis.Exchanges.Paper;

/// <summary>Brings a kept paper exchange back, or makes a new one. Instruments that are new join; those that were traded stay.</summary>
internal static class PaperOpening
{
    /// <summary>Of an account on an instrument before anybody sets it.</summary>
    private const int FirstLeverage = 20;

    /// <summary>The one account; 0 is the house.</summary>
    public static AccountId Account { get; } = new(1);

    /// <param name="entries">What the file holds: a state and what came after it, or nothing.</param>
    /// <param name="wanted">What is to be traded.</param>
    /// <param name="options">For a new account.</param>
    /// <param name="now">The exchange's clock, Unix milliseconds.</param>
    /// <param name="priceOf">The last price of an instrument that is new.</param>
    /// <exception cref="DataException">What the file holds does not follow from one another.</exception>
    /// <exception cref="ConfigurationException">Rules that the engine can't reckon with.</exception>
    public static (MatchingEngine Engine, List<long> FundedUntil) Open(
        IReadOnlyList<object> entries, IReadOnlyList<Instrument> wanted, PaperOptions options, long now, Func<InstrumentId, decimal> priceOf)
    {
        var kept = entries.Count == 0 ? null : (PaperState)entries[0];
        var (engine, funded) = kept is null ? (null, []) : Again(kept, entries, options.StatePath);
        var joining = wanted.Where(instrument => kept is null || kept.Instruments.All(known => known.Instrument.Id != instrument.Id)).ToList();
        // A kept instrument is as it was when it joined: its units are those that the state is told in.
        List<MatchingInstrument> instruments =
        [
            .. (kept?.Instruments ?? []).Select(known => known with
            {
                Instrument = known.Instrument with { LeverageTiers = wanted.FirstOrDefault(each => each.Id == known.Instrument.Id)?.LeverageTiers ?? known.Instrument.LeverageTiers },
            }),
            .. joining.Select(instrument => new MatchingInstrument { Instrument = instrument, StartPrice = priceOf(instrument.Id) }),
        ];
        var settings = new MatchingSettings { Instruments = instruments, StartTime = now };
        var opened = new MatchingEngine(settings);
        opened = engine is null ? New(opened, options) : MatchingEngine.Restore(settings, Widened(engine.Capture(), opened.Capture()));
        funded.AddRange(joining.Select(_ => Math.Max(now, opened.Time)));
        foreach (var instrument in wanted)
        {
            var index = instruments.FindIndex(each => each.Instrument.Id == instrument.Id);
            if (opened.Instruments[index].Instrument.Rules is not [var rules] || rules != instrument.Rules[0])
            {
                opened.Apply(new ChangeRules(Math.Max(now, opened.Time), index, instrument.Rules[0]));
            }
        }

        opened.Events.Clear();
        opened.LevelChanges.Clear();
        return (opened, funded);
    }

    private static (MatchingEngine Engine, List<long> FundedUntil) Again(PaperState kept, IReadOnlyList<object> entries, string path)
    {
        try
        {
            var engine = MatchingEngine.Restore(new MatchingSettings { Instruments = kept.Instruments, StartTime = kept.Engine.Time }, kept.Engine);
            List<long> funded = [.. kept.FundedUntil];
            foreach (var entry in entries.Skip(1))
            {
                if (entry is PaidFunding paid)
                {
                    funded[paid.Command.Instrument] = paid.RateTime;
                }

                engine.Apply(entry as MatchingCommand ?? ((PaidFunding)entry).Command);
            }

            return (engine, funded);
        }
        catch (Exception error) when (error is ArgumentException or ConfigurationException or InvalidCastException)
        {
            throw new DataException($"paper account {path}: what it holds does not fit together: {error.Message}. Nothing was changed. Bring the file back from a copy, or move it away to begin with a new paper account", error);
        }
    }

    private static MatchingEngine New(MatchingEngine engine, PaperOptions options)
    {
        engine.Apply(new OpenAccount(engine.Time, "paper", options.HedgeMode, FirstLeverage));
        if (!engine.Apply(new Transfer(engine.Time, Account, options.Balance)).Succeeded(out _, out var refusal))
        {
            throw new ConfigurationException($"account.balance {options.Balance} can't be paid into the paper account: {refusal.Detail}");
        }

        return engine;
    }

    private static EngineState Widened(EngineState kept, EngineState fresh) => kept with
    {
        Markets = [.. kept.Markets, .. fresh.Markets.Skip(kept.Markets.Count)],
        Accounts =
        [
            .. kept.Accounts.Select((account, index) => account with
            {
                Holdings = [.. account.Holdings, .. fresh.Accounts[0].Holdings.Skip(account.Holdings.Count).Select(holding => index == 0 ? holding : holding with { Leverage = FirstLeverage })],
            }),
        ],
    };
}
