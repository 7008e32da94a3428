using System.Text.RegularExpressions;
using Trellis.Simulator.Venues.Binance.Rest;
using Trellis.Simulator.Venues.Binance.WebSocketApi;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>docs/simulator-binance.md names what is answered: no less, no more.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_endpoint_is_documented_and_every_documented_one_is_there()
    {
        RestRow().Matches(Page()).Select(row => (row.Groups["method"].Value, row.Groups["path"].Value)).ShouldBe(RestEndpoints.All.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Every_method_of_the_WebSocket_API_is_documented_and_every_documented_one_is_there()
    {
        var documented = Page().Split("## 5.")[1].Split("## 6.")[0].Split('\n').Where(line => MethodRow().IsMatch(line)).SelectMany(line => Method().Matches(line.Split('|')[1])).Select(method => method.Groups["method"].Value);
        documented.ShouldBe([.. WebSocketApiMethods.All.Keys, "session.status", "session.logout"], ignoreOrder: true);
    }

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "simulator-binance.md")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("docs lies in no folder above the tests");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "simulator-binance.md"));
    }

    [GeneratedRegex(@"^\| (?<method>[A-Z]+) \| `(?<path>/[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RestRow();

    [GeneratedRegex(@"^\| `(?:v2/)?[a-zA-Z]+(?:\.[a-z]+)?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MethodRow();

    [GeneratedRegex(@"`(?<method>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Method();
}
