using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Journal;

/// <summary>How inputs and effects are written: the one place that names their kinds. A name never changes its meaning.</summary>
internal static class JournalFormat
{
    private static readonly JsonSerializerOptions Shared = Create();

    public static JsonTypeInfo<TradingInput> Input { get; } = (JsonTypeInfo<TradingInput>)Shared.GetTypeInfo(typeof(TradingInput));

    public static JsonTypeInfo<TradingEffect> Effect { get; } = (JsonTypeInfo<TradingEffect>)Shared.GetTypeInfo(typeof(TradingEffect));

    /// <summary>Makes what the first input and effect of each kind would have to wait for.</summary>
    public static void Prepare()
    {
        foreach (var kind in Input.PolymorphismOptions!.DerivedTypes.Concat(Effect.PolymorphismOptions!.DerivedTypes))
        {
            Shared.GetTypeInfo(kind.DerivedType);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JournalJson.Default.Options)
        {
            TypeInfoResolver = JournalJson.Default.WithAddedModifier(NameKinds).WithAddedModifier(WriteRequired),
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Add(new CanonicalDecimal());
        return options;
    }

    private static void NameKinds(JsonTypeInfo type)
    {
        if (type.Type == typeof(TradingInput))
        {
            type.PolymorphismOptions = Kinds(
                typeof(QuoteChanged), typeof(CandleClosed), typeof(OrderReported), typeof(FillReported), typeof(IncomeReported), typeof(PlaceAnswered), typeof(CancelAnswered),
                typeof(OrderQueried), typeof(SnapshotTaken), typeof(SnapshotFailed), typeof(StreamLost), typeof(StreamRestored), typeof(TimePassed), typeof(RulesChanged),
                typeof(BotCommand), typeof(KillSwitched), typeof(OrderAdopted), typeof(Started), typeof(Stopping));
        }
        else if (type.Type == typeof(TradingEffect))
        {
            type.PolymorphismOptions = Kinds(
                typeof(PlaceOrder), typeof(CancelOrder), typeof(QueryOrder), typeof(Reconcile), typeof(WakeAt), typeof(Alert), typeof(OrderStateChanged), typeof(FillBooked),
                typeof(LedgerPosted), typeof(BotStateChanged));
        }
    }

    /// <summary>A member that reading demands is written whatever its value; the rest may be left out where it is the default.</summary>
    private static void WriteRequired(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            property.ShouldSerialize = static (_, _) => true;
        }
    }

    private static JsonPolymorphismOptions Kinds(params ReadOnlySpan<Type> types)
    {
        var kinds = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "type",
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var type in types)
        {
            kinds.DerivedTypes.Add(new JsonDerivedType(type, JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name)));
        }

        return kinds;
    }
}
