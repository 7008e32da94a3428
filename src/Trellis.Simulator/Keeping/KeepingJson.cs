using System.Text.Json.Serialization;
using Trellis.Core.Matching;

namespace Trellis.Simulator.Keeping;

/// <summary>What a state file holds beside commands and engine, as JSON in the same form.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(KeptSettings))]
[JsonSerializable(typeof(MatchingInstrument))]
[JsonSerializable(typeof(KeptPart))]
internal sealed partial class KeepingJson : JsonSerializerContext;

/// <summary>State of something beside the engine.</summary>
internal sealed record KeptPart(string Name, byte[] State);
