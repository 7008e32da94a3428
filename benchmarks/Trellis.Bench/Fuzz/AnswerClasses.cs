using System.Globalization;
using System.Text.Json;
using Trellis.Core;

namespace Trellis.Bench.Fuzz;

/// <summary>What came back, counted by class; what no exchange may say ends the run.</summary>
internal sealed class AnswerClasses
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>By class, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> All => [.. _counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)];

    public void Count(string name) => _counts[name] = _counts.GetValueOrDefault(name) + 1;

    public void Add(AnswerClasses other)
    {
        foreach (var (name, count) in other._counts)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + count;
        }
    }

    /// <exception cref="RunException">It holds a stack trace.</exception>
    public static void DemandNoTrace(string text, string cause)
    {
        if (text.Contains("Exception", StringComparison.Ordinal) || text.Contains("   at ", StringComparison.Ordinal) || text.Contains(".cs:line", StringComparison.Ordinal))
        {
            throw new RunException($"fuzz: {cause} was answered with a stack trace: {text}");
        }
    }

    /// <summary>The exchange's own code in an answer: 0 for none.</summary>
    public static string CodeOf(string text)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(text);
            var error = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var inner) ? inner : answer;
            return error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) ? code.ToString() : 0.ToString(CultureInfo.InvariantCulture);
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }
}
