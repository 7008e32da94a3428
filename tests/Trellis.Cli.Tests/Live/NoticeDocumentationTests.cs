using System.Text.RegularExpressions;

namespace Trellis.Cli.Tests.Live;

/// <summary>Whoever is woken by an alert finds its code in docs/alerts.md; whoever reads a log finds its event in docs/logs.md.</summary>
public sealed partial class NoticeDocumentationTests
{
    [Fact]
    public void Every_notice_of_the_engine_is_in_the_docs() => Codes("src/Trellis.Engine", Notice()).Except(Documented("alerts.md"), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_alert_of_the_loop_is_in_the_docs() => Codes("src/Trellis.Core/Trading", Alert()).Except(Documented("alerts.md"), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void The_codes_are_found_in_the_sources()
    {
        Codes("src/Trellis.Engine", Notice()).ShouldBe(
            [
                "market-stream-lost", "market-stream-restored", "order-queue-full", "user-stream-late", "stream-failed", "commit-late", "journal-lost", "engine-stopped",
                "clock-offset", "clock-in-step", "banned", "ban-over", "circuit-open", "circuit-closed", "limit-near", "limit-far", "storage-trouble", "storage-recovered",
            ],
            ignoreOrder: true);
        Codes("src/Trellis.Core/Trading", Alert()).Contains("kill-switch").ShouldBeTrue();
    }

    [Fact]
    public void Every_event_and_every_field_of_the_logs_is_in_the_docs()
    {
        var events = Codes("src/Trellis.Cli/Live", Event());
        var fields = Codes("src/Trellis.Cli/Live/News", Field());

        events.Contains("fill").ShouldBeTrue();
        fields.Contains("client_order_id").ShouldBeTrue();
        events.Concat(fields).Except(Documented("logs.md"), StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static HashSet<string> Codes(string folder, Regex pattern) => Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => pattern.Matches(File.ReadAllText(file)))
        .SelectMany(call => Word().Matches(call.Value).Select(word => word.Groups["code"].Value))
        .ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Documented(string file) =>
        CodeSpan().Matches(File.ReadAllText(Path.Combine(Root(), "docs", file))).Select(match => match.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Trellis.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    // A call with all its arguments: its only words that look like codes are codes.
    [GeneratedRegex(@"\b(?:Notice|NoticeOnce|Settled|Say)\([^;]*?;", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Notice();

    [GeneratedRegex(@"AlertLevel\.\w+,\s*""[a-z-]+""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"new Happening\([^""]*""[a-z-]+""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Event();

    [GeneratedRegex(@"\{ ""[a-z_]+"", [^}]+\}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Field();

    [GeneratedRegex(@"(?<!\$)""(?<code>[a-z]+(?:[-_][a-z]+)*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"`(?<code>[a-z_-]+)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeSpan();
}
