using System.Text.Json.Serialization;

namespace Trellis.Server.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusMessage))]
[JsonSerializable(typeof(CommandMessage))]
[JsonSerializable(typeof(AdoptMessage))]
[JsonSerializable(typeof(TakenMessage))]
[JsonSerializable(typeof(ErrorMessage))]
public sealed partial class ApiJson : JsonSerializerContext;
