using System.Text.RegularExpressions;

namespace Trellis.Architecture.Tests;

/// <summary>A folder of a project is a chapter; chapters build on one another in one direction.</summary>
public sealed partial class ChapterTests
{
    public static TheoryData<string> Projects => Rooms.All;

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_chapters_of_a_project_form_no_circle(string project)
    {
        var graph = new ChapterGraph();
        foreach (var path in Repository.SourceFiles($"src/{project}"))
        {
            var text = Repository.Read(path);
            if (Namespace().Match(text) is { Success: true } own && Chapter(project, own.Groups["name"].Value) is { } from)
            {
                foreach (var to in Uses(project, text).Where(to => to != from))
                {
                    graph.Add(from, to, path);
                }
            }
        }

        graph.FindCircle().ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_is_found_and_named_with_its_files()
    {
        var graph = new ChapterGraph();
        graph.Add("Orders", "Markets", "a.cs");
        graph.Add("Accounts", "Orders", "b.cs");
        graph.Add("Markets", "Accounts", "c.cs");

        graph.FindCircle().ShouldBe(["Orders → Markets (a.cs)", "Markets → Accounts (c.cs)", "Accounts → Orders (b.cs)"]);
    }

    private static IEnumerable<string> Uses(string project, string text) =>
        Mention().Matches(text).Select(match => Chapter(project, match.Groups["name"].Value)).OfType<string>().Distinct(StringComparer.Ordinal);

    // "Trellis.Core.Strategies.Grid" is in the chapter Strategies; the root namespace is the table of contents and has none.
    private static string? Chapter(string project, string name) =>
        name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..].Split('.')[0] : null;

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?!\s*//|namespace).*?\b(?<name>Trellis(?:\.\w+)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
