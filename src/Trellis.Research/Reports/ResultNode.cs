using System.Globalization;
using System.Text.Json;
using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>A value of <c>result.json</c> that knows its place: what is missing or of another kind is told with file and path.</summary>
public sealed class ResultNode(JsonElement element, string file, string path)
{
    /// <summary>Where it stands, such as <c>metrics.trades.count</c>.</summary>
    public string Path { get; } = path;

    /// <exception cref="DataException">There is no such key, or this is no object.</exception>
    public ResultNode this[string key] => Has(key)
        ? new ResultNode(element.GetProperty(key), file, Path.Length == 0 ? key : $"{Path}.{key}")
        : throw new DataException($"{file}: '{(Path.Length == 0 ? key : $"{Path}.{key}")}' is missing: it was written by another version of Trellis, or damaged. Run the backtest again");

    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    /// <exception cref="DataException">It is no array.</exception>
    public IReadOnlyList<ResultNode> Items => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select((item, index) => new ResultNode(item, file, $"{Path}[{index}]"))]
        : throw Wrong("a list");

    /// <summary>The keys of an object in their order; none of anything else.</summary>
    public IReadOnlyList<string> Keys => element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject().Select(property => property.Name)] : [];

    public bool IsList => element.ValueKind == JsonValueKind.Array;

    public string Text => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong("a text");

    /// <summary>Null where the value is null.</summary>
    public string? TextOrNull => IsNull ? null : Text;

    public double Number => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw Wrong("a number");

    /// <summary>Null where the value is null.</summary>
    public double? NumberOrNull => IsNull ? null : Number;

    public bool Flag => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong("true or false");

    /// <summary>An exact amount, price or quantity, which is written as a text.</summary>
    public decimal Amount => decimal.TryParse(Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : throw Wrong("an amount");

    /// <summary>Null where the value is null.</summary>
    public DateTimeOffset? Time => IsNull ? null
        : DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : throw Wrong("a time");

    /// <summary>As it stands in the file: a text without quotes, everything else as JSON.</summary>
    public string Raw => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    /// <summary>An object as JSON.</summary>
    public string ObjectJson => element.ValueKind == JsonValueKind.Object ? element.GetRawText() : throw Wrong("an object");

    public bool Has(string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out _);

    private DataException Wrong(string wanted) => new($"{file}: '{Path}' is {Shown()}, expected {wanted}. Run the backtest again");

    private string Shown() => element.GetRawText() is { Length: <= 40 } text ? text : element.GetRawText()[..40] + "…";
}
