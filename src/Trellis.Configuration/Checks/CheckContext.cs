using System.Text.Json;
using Trellis.Configuration.Model;
using Trellis.Configuration.Tree;
using Trellis.Core;

namespace Trellis.Configuration.Checks;

/// <summary>What a rule between settings works with: the document, which of its settings are sound, and where to report.</summary>
internal sealed class CheckContext(Document document, Findings findings, SourceMap sources)
{
    public Document Document => document;

    /// <summary>Whether the settings can be judged: none of them has a problem already.</summary>
    public bool Sound(string section, params ReadOnlySpan<string> keys)
    {
        if (keys.Length == 0)
        {
            return findings.IsSound(section);
        }

        foreach (var key in keys)
        {
            if (!findings.IsSound($"{section}.{key}"))
            {
                return false;
            }
        }

        return true;
    }

    public void Add(string path, string rule, string? value = null, string? allowed = null, string? suggestion = null) => Add(new ConfigurationProblem
    {
        Path = path,
        Rule = rule,
        Value = value,
        Allowed = allowed,
        Suggestion = suggestion,
    });

    public void Add(ConfigurationProblem problem) =>
        findings.Add(problem.Source.Length > 0 ? problem : problem with { Source = sources.Of(problem.Path) });

    /// <summary>An enum value as a document writes it.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>A rule between settings of a document.</summary>
internal interface IRule
{
    void Judge(CheckContext context);
}
