using System.Text;
using System.Text.RegularExpressions;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Tests.Control;

namespace Trellis.Simulator.Tests.Faults;

/// <summary>docs/simulator-faults.md says what the program does.</summary>
public sealed partial class FaultPageTests
{
    private static readonly string Page = Repository.Read("docs/simulator-faults.md");

    [Fact]
    public void Every_plan_on_the_page_is_a_plan_and_together_they_show_every_kind()
    {
        var plans = Block().Matches(Page).Select(match => match.Groups["json"].Value).Where(text => text.Contains("\"kind\": \"", StringComparison.Ordinal) && !text.Contains("market_time", StringComparison.Ordinal)).ToList();

        var kinds = plans.SelectMany(plan => FaultPlan.Parse(Encoding.UTF8.GetBytes(plan), 1, SomePlan.Instruments, TimeProvider.System).Status).Select(fault => fault.Kind);

        kinds.Distinct().Order().ShouldBe(Enum.GetValues<FaultKind>());
    }

    [Fact]
    public async Task Every_kind_and_every_route_has_its_line()
    {
        await using var bench = await ControlBench.StartAsync();
        FaultKinds.Names.ShouldAllBe(name => Page.Contains($"| `{name}` |", StringComparison.Ordinal));
        foreach (var route in bench.Api.Routes)
        {
            Page.ShouldContain($"`{route.Method} {route.Path.Replace("{name}", "NAME", StringComparison.Ordinal).Replace("{id}", "ID", StringComparison.Ordinal)}`");
        }
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
