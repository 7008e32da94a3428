using System.Globalization;
using Trellis.Core.Matching;
using Trellis.Simulator.Documents;

namespace Trellis.Simulator.Faults;

/// <summary>Reads fault rules from JSON; each kind takes only the fields that mean something for it.</summary>
/// <param name="instruments">Those that a rule may name.</param>
internal sealed class FaultRuleReader(IReadOnlyList<MatchingInstrument> instruments)
{
    private const decimal LongestSeconds = 31_536_000m;
    private const long LongestDelay = 600_000;
    private const long LongestSkew = 86_400_000;
    private const long MostOccurrences = 1_000_000_000;

    private static readonly string[] StreamChoices = ["all", "user", "market"];

    /// <summary>Ids that this reader has given out or seen.</summary>
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private readonly string[] _symbols = [.. instruments.Select(instrument => instrument.Instrument.Id.Symbol)];

    private int _unnamed;

    public void Reserve(IEnumerable<string> ids) => _ids.UnionWith(ids);

    /// <summary>A rule; null where anything is wrong with it, which the reader has noted.</summary>
    public FaultRule? Read(ObjectReader reader)
    {
        var before = reader.ProblemCount;
        var id = reader.Text("id");
        if (id is not null && !_ids.Add(id))
        {
            reader.Reject("id", "is taken by another fault", "a name that no other fault has");
        }

        if (reader.Choice("kind", FaultKinds.Names, required: true) is not { } name)
        {
            return null;
        }

        var kind = FaultKinds.Parse(name);
        var stage = kind.Stage();
        var rule = Timing(reader, stage, new FaultRule { Id = id ?? NextId(name), Kind = kind, Match = Match(reader, stage) });
        rule = Parameters(reader, kind, rule);
        reader.Done();
        if (stage == FaultStage.Signal && rule is { At: null, After: null, AfterRequests: null } && !reader.Has("every") && !reader.Has("probability"))
        {
            reader.Reject("kind", "has nothing that triggers it", "at, after_seconds, after_requests, every or probability with it");
        }

        return reader.ProblemCount == before ? rule : null;
    }

    private string NextId(string kind)
    {
        string id;
        do
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{kind}-{++_unnamed}");
        }
        while (!_ids.Add(id));
        return id;
    }

    private static FaultMatch Match(ObjectReader reader, FaultStage stage)
    {
        if (reader.Object("match") is not { } match)
        {
            return new FaultMatch();
        }

        var read = stage == FaultStage.Message
            ? new FaultMatch { Stream = match.Text("stream"), Event = match.Text("event") }
            : new FaultMatch { Method = match.Text("method"), Path = match.Text("path"), OrdersOnly = match.Flag("orders_only") ?? false };
        match.Done();
        return read;
    }

    private static FaultRule Timing(ObjectReader reader, FaultStage stage, FaultRule rule)
    {
        if (stage.IsRepeated() || stage == FaultStage.Signal)
        {
            rule = rule with
            {
                Probability = (double)(reader.Number("probability", 0, 1) ?? 1),
                Every = reader.Whole("every", 1, MostOccurrences) ?? 1,
                Count = reader.Whole("count", 1, MostOccurrences),
            };
            if (reader.Has("probability") && reader.Has("every"))
            {
                reader.Reject("every", "can't stand beside probability", "one of them");
            }
        }

        rule = rule with
        {
            At = reader.Instant("at"),
            After = Seconds(reader, "after_seconds"),
            AfterRequests = reader.Whole("after_requests", 0, MostOccurrences),
            For = stage == FaultStage.Signal ? null : Seconds(reader, "for_seconds"),
        };
        if ((rule.At is null ? 0 : 1) + (rule.After is null ? 0 : 1) + (rule.AfterRequests is null ? 0 : 1) > 1)
        {
            reader.Reject(rule.At is null ? "after_requests" : "at", "can't stand beside another beginning", "one of at, after_seconds and after_requests");
        }

        return rule;
    }

    private FaultRule Parameters(ObjectReader reader, FaultKind kind, FaultRule rule) => kind switch
    {
        FaultKind.DelayMessage or FaultKind.DelayRequest or FaultKind.DelayAnswer =>
            rule with { Delay = Milliseconds(reader.Whole("milliseconds", 1, LongestDelay, required: true)) },
        FaultKind.ClockSkew => rule with { Delay = Milliseconds(reader.Whole("milliseconds", -LongestSkew, LongestSkew, required: true)) },
        FaultKind.DuplicateMessage => rule with { Copies = (int)(reader.Whole("copies", 2, 100) ?? 2) },
        FaultKind.LimitSqueeze => rule with { Factor = (double)(reader.Number("factor", 0, 1, required: true) ?? 1) },
        FaultKind.Overloaded => rule with { SparesReduceOnly = reader.Flag("spares_reduce_only") ?? true },
        FaultKind.SilentStreams => rule with { Streams = StreamsOf(reader.Choice("streams", StreamChoices)) },
        FaultKind.CloseStreams => rule with { Streams = StreamsOf(reader.Choice("streams", StreamChoices[..2])) },
        FaultKind.PartialFills => rule with { Parts = (int)(reader.Whole("parts", 2, 1_000) ?? 2) },
        FaultKind.TradingHalt => rule with { Instrument = reader.Choice("instrument", _symbols) },
        FaultKind.ChangeRules => ChangedRules(reader, rule),
        _ => rule,
    };

    private FaultRule ChangedRules(ObjectReader reader, FaultRule rule)
    {
        var symbol = reader.Choice("instrument", _symbols, required: true);
        return rule with { Instrument = symbol, Rules = RuleSteps.Read(reader, symbol is null ? null : instruments[Array.IndexOf(_symbols, symbol)]) };
    }

    private static TimeSpan? Seconds(ObjectReader reader, string name) =>
        reader.Number(name, 0, LongestSeconds) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    private static TimeSpan Milliseconds(long? value) => TimeSpan.FromMilliseconds(value ?? 0);

    private static FaultStreams StreamsOf(string? choice) => choice is null ? FaultStreams.All : (FaultStreams)Array.IndexOf(StreamChoices, choice);
}
