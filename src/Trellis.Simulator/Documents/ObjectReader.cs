using System.Globalization;
using System.Text.Json;
using Trellis.Core;
using Trellis.Data.Store;

namespace Trellis.Simulator.Documents;

/// <summary>
/// Reads the members of a JSON object and notes all that is wrong with them. A member that is absent, or wrong, reads as null;
/// <see cref="Done"/> notes those that nobody asked for.
/// </summary>
/// <param name="path">Where the object stands, such as <c>faults[2]</c>; empty for the document itself.</param>
/// <param name="source">Where the document came from, such as a file's name.</param>
internal sealed class ObjectReader(JsonElement element, string path, string source, List<ConfigurationProblem> problems)
{
    private const int Shown = 60;

    private readonly List<string> _known = [];

    public int ProblemCount => problems.Count;

    public bool Has(string name) => Find(name, required: false, out _);

    public string? Text(string name, bool required = false)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Wrong(name, value, "is not a text", "a text in quotes, not empty");
        return null;
    }

    public string? Choice(string name, IReadOnlyList<string> choices, bool required = false)
    {
        if (!Find(name, required, out var value, string.Join(", ", choices)))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (text is not null && choices.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        problems.Add(Problem(name, Raw(value), "is not known", string.Join(", ", choices)) with { Suggestion = text is null ? null : Similarity.Nearest(text, choices) });
        return null;
    }

    public bool? Flag(string name, bool required = false)
    {
        if (!Find(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(name, value, "is not a flag", "true or false");
        return null;
    }

    /// <summary>A number within a range, both ends included; a text with a number in it counts, so that no digit is lost.</summary>
    public decimal? Number(string name, decimal least, decimal most, bool required = false)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        if (!Find(name, required, out var value, allowed))
        {
            return null;
        }

        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out _),
            JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        if (!isNumber)
        {
            Wrong(name, value, "is not a number", allowed);
            return null;
        }

        var number = value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        if (number >= least && number <= most)
        {
            return number;
        }

        Wrong(name, value, "is out of range", allowed);
        return null;
    }

    /// <summary>A whole number within a range, both ends included.</summary>
    public long? Whole(string name, long least, long most, bool required = false)
    {
        var before = problems.Count;
        if (Number(name, least, most, required) is not { } number)
        {
            if (problems.Count > before && problems[^1].Allowed is not null)
            {
                problems[^1] = problems[^1] with { Allowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}") };
            }

            return null;
        }

        if (decimal.Truncate(number) == number)
        {
            return (long)number;
        }

        problems.Add(Problem(name, number.ToString(CultureInfo.InvariantCulture), "is not a whole number", string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}")));
        return null;
    }

    /// <summary>An instant as Unix milliseconds or as UTC text.</summary>
    public long? Instant(string name)
    {
        if (!Find(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds) && milliseconds is >= 946_684_800_000 and < 4_102_444_800_000)
        {
            return milliseconds;
        }

        if (value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time.ToUnixTimeMilliseconds();
        }

        Wrong(name, value, "is not an instant", "Unix milliseconds from 2000 to 2100, or UTC such as 2024-07-18T10:00:00Z");
        return null;
    }

    public ObjectReader? Object(string name)
    {
        if (!Find(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(value, PathOf(name), source, problems);
        }

        Wrong(name, value, "is not an object", "an object in braces");
        return null;
    }

    /// <summary>The objects of an array.</summary>
    public IReadOnlyList<ObjectReader> Objects(string name, bool required = false)
    {
        if (!Find(name, required, out var value, "an array of objects"))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, value, "is not an array", "an array of objects in brackets");
            return [];
        }

        var objects = new List<ObjectReader>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");
            if (item.ValueKind == JsonValueKind.Object)
            {
                objects.Add(new ObjectReader(item, PathOf(at), source, problems));
            }
            else
            {
                Wrong(at, item, "is not an object", "an object in braces");
            }
        }

        return objects;
    }

    /// <summary>Notes a problem of a member in words of the caller's.</summary>
    public void Reject(string name, string rule, string? allowed = null)
    {
        var value = element.TryGetProperty(name, out var member) ? Raw(member) : null;
        problems.Add(Problem(name, value, rule, allowed));
    }

    /// <summary>Notes the members that nobody asked for.</summary>
    public void Done()
    {
        foreach (var member in element.EnumerateObject().Where(member => !_known.Contains(member.Name, StringComparer.Ordinal)))
        {
            problems.Add(Problem(member.Name, null, "is not known here", _known.Count == 0 ? "nothing" : string.Join(", ", _known)) with { Suggestion = Similarity.Nearest(member.Name, _known) });
        }
    }

    private bool Find(string name, bool required, out JsonElement value, string? allowed = null)
    {
        if (!_known.Contains(name, StringComparer.Ordinal))
        {
            _known.Add(name);
        }

        if (element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        if (required)
        {
            problems.Add(Problem(name, null, "is missing", allowed));
        }

        return false;
    }

    private void Wrong(string name, JsonElement value, string rule, string allowed) => problems.Add(Problem(name, Raw(value), rule, allowed));

    private ConfigurationProblem Problem(string name, string? value, string rule, string? allowed) =>
        new() { Path = PathOf(name), Value = value, Rule = rule, Allowed = allowed, Source = source };

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Raw(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > Shown ? text[..Shown] + "…" : text;
    }
}
