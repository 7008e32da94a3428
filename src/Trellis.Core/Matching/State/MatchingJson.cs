using System.Text.Json.Serialization;
using Trellis.Core.Matching.Commands;

namespace Trellis.Core.Matching.State;

/// <summary>Commands and states as JSON: decimals keep every digit, and what only derives from other members is left out.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(EngineState))]
[JsonSerializable(typeof(OpenAccount))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(AmendOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(CancelConditional))]
[JsonSerializable(typeof(CancelAllOrders))]
[JsonSerializable(typeof(CancelAllConditionals))]
[JsonSerializable(typeof(SetCountdown))]
[JsonSerializable(typeof(SetLeverage))]
[JsonSerializable(typeof(SetPositionMode))]
[JsonSerializable(typeof(SetMarginMode))]
[JsonSerializable(typeof(PassTime))]
[JsonSerializable(typeof(MoveMarket))]
[JsonSerializable(typeof(SetQuotes))]
[JsonSerializable(typeof(TradeOutside))]
[JsonSerializable(typeof(PassCandle))]
[JsonSerializable(typeof(SetMarkPrice))]
[JsonSerializable(typeof(SettleFunding))]
[JsonSerializable(typeof(ChangeRules))]
[JsonSerializable(typeof(HaltTrading))]
[JsonSerializable(typeof(SplitFills))]
internal sealed partial class MatchingJson : JsonSerializerContext;
