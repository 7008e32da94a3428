using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Engine.Journal;
using Trellis.Engine.Recovery;

namespace Trellis.Cli.Live.Setup;

/// <summary>Under which settings a journal goes on: those it has, or new ones, once nothing of the old ones lives.</summary>
internal static class JournalSettings
{
    /// <param name="journal">Open.</param>
    /// <param name="document">Wanted.</param>
    /// <param name="deciding">Its part that decides: <see cref="GenerationSettings.Deciding"/>.</param>
    /// <param name="instruments">As the exchange tells them now.</param>
    /// <param name="keepJournaled">Go on under the journal's settings, whatever the document says.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ConfigurationException">Settings changed under a bot that lives.</exception>
    public static async Task<AgreedSettings> AgreeAsync(IJournal journal, Document document, string deciding, IReadOnlyList<Instrument> instruments, bool keepJournaled, CancellationToken cancellation)
    {
        var wanted = new GenerationSettings(deciding, instruments);
        if (journal.Generation is { } generation)
        {
            var kept = GenerationSettings.Parse(generation.Settings, journal.Identity.Account);
            if (keepJournaled || kept.Configuration == wanted.Configuration)
            {
                return new AgreedSettings(kept.Document(), LiveSettings.Build(kept.Document(), kept.Instruments, generation.Installation), IsNew: journal.Identity.LastSequence == generation.After);
            }

            await RefuseWhereSomethingLivesAsync(journal, kept, generation, document, cancellation);
        }

        var begun = await journal.BeginAsync(wanted.ToText(), cancellation);
        return new AgreedSettings(document, LiveSettings.Build(document, instruments, begun.Installation), IsNew: true);
    }

    private static async Task RefuseWhereSomethingLivesAsync(IJournal journal, GenerationSettings kept, JournalGeneration generation, Document document, CancellationToken cancellation)
    {
        var old = kept.Document();
        var loop = new TradingLoop(LiveSettings.Build(old, kept.Instruments, generation.Installation));
        var replay = await JournalReplay.RunAsync(loop, journal, cancellation);
        if (replay.Inputs == 0)
        {
            return;
        }

        var view = loop.View();
        var living = view.Bots.Where(bot => bot.State != BotState.Stopped || bot.Positions.Any(position => position.Size != 0)).Select(bot => bot.Name).ToList();
        if (replay.Difference is not null || living.Count > 0 || view.Orders.Count > 0)
        {
            throw new ConfigurationException(
                $"the settings are not those under which the bots of {journal.Identity.Account} run: {Changes(old, document)}. Bots with orders or positions ({string.Join(", ", living)}) go on under the settings they began with: " +
                "'trellis run CONFIG --journaled' runs them so. To change settings, stop them there ('trellis stop --all --close'), then start with the new ones");
        }
    }

    private static string Changes(Document old, Document wanted)
    {
        var changes = new List<string>();
        foreach (var bot in old.Bots)
        {
            var now = wanted.Bots.FirstOrDefault(other => other.Name == bot.Name);
            if (now is null)
            {
                changes.Add($"bot {bot.Name} is gone");
            }
            else if (Text(old, bot) != Text(wanted, now))
            {
                changes.Add($"bot {bot.Name} has other settings");
            }
        }

        changes.AddRange(wanted.Bots.Where(bot => old.Bots.All(other => other.Name != bot.Name)).Select(bot => $"bot {bot.Name} is new"));
        if (!old.Bots.Select(bot => bot.Name).SequenceEqual(wanted.Bots.Select(bot => bot.Name), StringComparer.Ordinal) && changes.Count == 0)
        {
            changes.Add("the bots are in another order");
        }

        if (changes.Count == 0)
        {
            changes.Add("account, instruments, live or risk have other values");
        }

        return string.Join(", ", changes);
    }

    private static string Text(Document document, BotOptions bot) => GenerationSettings.Deciding(document with { Bots = [bot] });
}

/// <param name="Document">That decides.</param>
/// <param name="Settings">Made of it.</param>
/// <param name="IsNew">Nothing was traded under it yet.</param>
internal sealed record AgreedSettings(Document Document, TradingSettings Settings, bool IsNew);
