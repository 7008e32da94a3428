using System.Collections;
using System.Globalization;
using System.Reflection;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;

namespace Trellis.Simulator.Tests.Keeping;

/// <summary>Makes commands of every type with a random value in every member, by looking at the types themselves.</summary>
internal sealed class CommandExamples(ulong seed)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly DeterministicRandom _random = new(seed);

    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(MatchingCommand).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(MatchingCommand)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public MatchingCommand Next() => (MatchingCommand)Make(Types[Below(Types.Count)]);

    public object Make(Type type)
    {
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(Below(values.Length))!;
        }

        return type switch
        {
            _ when type == typeof(long) => (long)_random.NextBits(),
            _ when type == typeof(int) => (int)_random.NextBits(),
            _ when type == typeof(bool) => Below(2) == 1,
            _ when type == typeof(decimal) => new decimal(Below(int.MaxValue), Below(int.MaxValue), Below(3), Below(2) == 1, (byte)Below(20)),
            _ when type == typeof(string) => new string([.. Enumerable.Range(0, Below(8)).Select(_ => "aZ9_\"\\\n é€"[Below(10)])]),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000L + Below(int.MaxValue)),
            _ when Nullable.GetUnderlyingType(type) is { } inner => Make(inner),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => MakeList(type.GetGenericArguments()[0]),
            _ => MakeRecord(type),
        };
    }

    /// <summary>Every member of a value and of what it holds, decimals with their trailing zeros.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable plain when value.GetType().IsPrimitive || value is decimal or Enum => plain.ToString(null, CultureInfo.InvariantCulture),
        bool truth => truth.ToString(),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Describe))}]",
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties().Where(property => property.SetMethod is not null).Select(property => $"{property.Name}: {Describe(property.GetValue(value))}"))})",
    };

    private Array MakeList(Type element)
    {
        var list = Array.CreateInstance(element, Below(4));
        for (var index = 0; index < list.Length; index++)
        {
            list.SetValue(Make(element), index);
        }

        return list;
    }

    private object MakeRecord(Type type)
    {
        var constructor = type.GetConstructors().Where(candidate => candidate.GetParameters() is not [{ } only] || only.ParameterType != type)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            // A member that may be null is null at times.
            var isNullable = Nullability.Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(made, isNullable && Below(3) == 0 ? null : Make(property.PropertyType));
        }

        return made;
    }

    private int Below(int limit) => (int)(_random.NextBits() % (ulong)limit);
}
