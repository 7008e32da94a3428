using System.Text;

namespace Trellis.Core;

/// <summary>
/// One thing that is wrong with a configuration document, written
/// <c>file.yaml:12:5: bots[0].grid.lower: 70000 is not below upper (60000); allowed: …; did you mean …?</c>.
/// </summary>
public sealed record ConfigurationProblem
{
    /// <summary>Which setting, e.g. <c>bots[0].grid.lower</c>; empty for the document as a whole.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong, as words that follow the value: <c>is not below upper (60000)</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The value as it was written; null where there is none or where it is secret.</summary>
    public string? Value { get; init; }

    /// <summary>What would be right.</summary>
    public string? Allowed { get; init; }

    /// <summary>The known word nearest to an unknown one.</summary>
    public string? Suggestion { get; init; }

    /// <summary>
    /// <c>file:line:column</c> or <c>environment variable NAME</c>. A check leaves it empty:
    /// the loader knows where each path was written.
    /// </summary>
    public string Source { get; init; } = "";

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Source.Length > 0)
        {
            text.Append(Source).Append(": ");
        }

        if (Path.Length > 0)
        {
            text.Append(Path).Append(": ");
        }

        if (Value is not null)
        {
            text.Append(Value).Append(' ');
        }

        text.Append(Rule);
        if (Allowed is not null)
        {
            text.Append("; allowed: ").Append(Allowed);
        }

        if (Suggestion is not null)
        {
            text.Append("; did you mean ").Append(Suggestion).Append('?');
        }

        return text.ToString();
    }
}
