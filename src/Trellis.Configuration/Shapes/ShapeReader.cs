using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Trellis.Configuration.Model;
using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Configuration.Shapes;

/// <summary>Reads shapes off records by reflection.</summary>
internal static class ShapeReader
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new(new Dictionary<Type, Shape>
    {
        [typeof(decimal)] = new ScalarShape(typeof(decimal), new DecimalFormat()),
        [typeof(int)] = new ScalarShape(typeof(int), new WholeFormat(typeof(int))),
        [typeof(long)] = new ScalarShape(typeof(long), new WholeFormat(typeof(long))),
        [typeof(bool)] = new ScalarShape(typeof(bool), new BooleanFormat()),
        [typeof(string)] = new ScalarShape(typeof(string), new TextFormat()),
        [typeof(DateTimeOffset)] = new ScalarShape(typeof(DateTimeOffset), new InstantFormat()),
        [typeof(Interval)] = new ScalarShape(typeof(Interval), new IntervalFormat()),
        [typeof(NamedNumbers)] = new NumbersShape(typeof(NamedNumbers)),
        [typeof(PriceOrPercent)] = new ScalarShape(typeof(PriceOrPercent), new PriceOrPercentFormat()),
    });

    public static Shape Number => Of(typeof(decimal));

    public static SectionShape Section<T>() => (SectionShape)Of(typeof(T));

    private static Shape Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        Shape shape = type switch
        {
            { IsEnum: true } => new ScalarShape(type, new WordFormat(type)),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => new ListShape(type, Of(type.GetGenericArguments()[0])),
            _ => SectionOf(type),
        };
        return Known.GetOrAdd(type, shape);
    }

    private static SectionShape SectionOf(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        var settings = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => SettingOf(property, defaults))
            .ToList();
        var holdsSecret = settings.Exists(setting => setting.IsSecret);
        return new SectionShape(type, type.GetCustomAttribute<MeaningAttribute>()?.Text ?? "", [.. settings.Select(setting => setting with { IsBesideSecret = holdsSecret })]);
    }

    private static Setting SettingOf(PropertyInfo property, object defaults)
    {
        var meaning = property.GetCustomAttribute<MeaningAttribute>();
        var required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        return new Setting
        {
            Key = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            Property = property,
            Shape = Of(property.PropertyType),
            IsRequired = required,
            Default = required ? null : property.GetValue(defaults),
            Meaning = meaning?.Text ?? "",
            Example = meaning?.Example,
            Range = Range.Of(property.GetCustomAttribute<BoundsAttribute>()),
            Pattern = property.GetCustomAttribute<PatternAttribute>(),
            AtLeastEntries = property.GetCustomAttribute<EntriesAttribute>()?.AtLeast ?? 0,
            IsStrategy = property.IsDefined(typeof(StrategyAttribute)),
            IsSecret = property.IsDefined(typeof(SecretAttribute)),
            IsLeftOutByDefault = property.IsDefined(typeof(LeftOutByDefaultAttribute)),
        };
    }
}
