using System.Text.Json.Serialization;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;

namespace Trellis.Exchanges.Paper;

/// <summary>Where a state file begins: the exchange as it stood when the file was written.</summary>
internal sealed record PaperState
{
    /// <summary>In engine order. An instrument that was ever traded stays.</summary>
    public required IReadOnlyList<MatchingInstrument> Instruments { get; init; }

    /// <summary>Per instrument the time of the last funding that was paid, Unix milliseconds.</summary>
    public required IReadOnlyList<long> FundedUntil { get; init; }

    public required EngineState Engine { get; init; }
}

/// <summary>A funding that was paid; in one piece, so that it is never paid twice.</summary>
/// <param name="RateTime">Of the exchange's rate, Unix milliseconds.</param>
internal sealed record PaidFunding(SettleFunding Command, long RateTime);

/// <summary>What a state file holds beside commands.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PaperState))]
[JsonSerializable(typeof(PaidFunding))]
internal sealed partial class PaperJson : JsonSerializerContext;
