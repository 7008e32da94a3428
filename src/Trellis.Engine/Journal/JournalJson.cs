using System.Text.Json.Serialization;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Journal;

/// <summary>What the compiler needs to know of to write inputs and effects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TradingInput))]
[JsonSerializable(typeof(QuoteChanged))]
[JsonSerializable(typeof(CandleClosed))]
[JsonSerializable(typeof(OrderReported))]
[JsonSerializable(typeof(FillReported))]
[JsonSerializable(typeof(IncomeReported))]
[JsonSerializable(typeof(PlaceAnswered))]
[JsonSerializable(typeof(CancelAnswered))]
[JsonSerializable(typeof(OrderQueried))]
[JsonSerializable(typeof(SnapshotTaken))]
[JsonSerializable(typeof(SnapshotFailed))]
[JsonSerializable(typeof(StreamLost))]
[JsonSerializable(typeof(StreamRestored))]
[JsonSerializable(typeof(TimePassed))]
[JsonSerializable(typeof(RulesChanged))]
[JsonSerializable(typeof(BotCommand))]
[JsonSerializable(typeof(KillSwitched))]
[JsonSerializable(typeof(OrderAdopted))]
[JsonSerializable(typeof(Started))]
[JsonSerializable(typeof(Stopping))]
[JsonSerializable(typeof(TradingEffect))]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(QueryOrder))]
[JsonSerializable(typeof(Reconcile))]
[JsonSerializable(typeof(WakeAt))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(OrderStateChanged))]
[JsonSerializable(typeof(FillBooked))]
[JsonSerializable(typeof(LedgerPosted))]
[JsonSerializable(typeof(BotStateChanged))]
internal sealed partial class JournalJson : JsonSerializerContext;
