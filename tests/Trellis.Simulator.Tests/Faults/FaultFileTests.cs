using System.Text;
using Trellis.Core;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Faults;

public sealed class FaultFileTests
{
    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_with_path_value_and_what_is_allowed()
    {
        var error = Should.Throw<ConfigurationException>(() => SomePlan.Of("""
            { "kind": "drop-mesage" },
            { "kind": "delay-message", "milliseconds": 0 },
            { "kind": "lost-answer", "probability": 1.5, "coun": 3 },
            { "kind": "close-streams" },
            { "kind": "change-rules", "instrument": "BTCUSD", "tick_size": 0.1 },
            { "kind": "maintenance", "every": 3 },
            { "kind": "disconnect", "at": "2026-01-01", "after_seconds": 3, "match": { "stream": "x" } },
            { "kind": "disconnect", "id": "a" }, { "kind": "disconnect", "id": "a" },
            7
            """));

        error.Problems.Select(problem => (problem.Path, problem.Value, problem.Suggestion)).ShouldBe(
        [
            ("faults[9]", "7", null),
            ("faults[0].kind", "\"drop-mesage\"", "drop-message"),
            ("faults[1].milliseconds", "0", null),
            ("faults[2].probability", "1.5", null),
            ("faults[2].coun", null, "count"),
            ("faults[3].kind", "\"close-streams\"", null),
            ("faults[4].instrument", "\"BTCUSD\"", "BTCUSDT"),
            ("faults[5].every", null, null),
            ("faults[6].match.stream", null, null),
            ("faults[6].at", "\"2026-01-01\"", null),
            ("faults[8].id", "\"a\"", null),
        ]);
        error.Problems.ShouldAllBe(problem => problem.Allowed != null && problem.Source == "faults");
    }

    [Theory]
    [InlineData("[]", "the document is a JSON array")]
    [InlineData("{ \"faults\": [", "the text is not JSON")]
    [InlineData("{ \"faults\": [], \"faults\": [] }", "the text is not JSON, or has a member twice")]
    [InlineData("{ }", "is missing")]
    [InlineData("{ \"faults\": {} }", "is not an array")]
    [InlineData("{ \"faults\": [], \"sede\": 3 }", "is not known here")]
    public void A_text_that_is_no_plan_is_refused(string text, string problem)
    {
        Should.Throw<ConfigurationException>(() => FaultPlan.Parse(Encoding.UTF8.GetBytes(text), 1, SomePlan.Instruments, TimeProvider.System))
            .Problems.Single().Rule.ShouldContain(problem);
    }

    [Theory]
    [InlineData("tick_size", "0.00001")]
    [InlineData("lot_size", "0.00000015")]
    public void Rules_finer_than_the_exchange_counts_are_refused_before_they_do_harm(string name, string value)
    {
        Should.Throw<ConfigurationException>(() => SomePlan.Of($$"""{ "kind": "change-rules", "instrument": "BTCUSDT", "{{name}}": {{value}} }"""))
            .Problems.Single().Allowed!.ShouldContain("a multiple of");
    }

    [Fact]
    public void Comments_and_a_comma_at_the_end_are_fine()
    {
        SomePlan.Of("""
            // the answer to an order is lost, and the client must find out
            { "kind": "lost-answer", "match": { "orders_only": true }, },
            """).Status.Single().Kind.ShouldBe(FaultKind.LostAnswer);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Should.Throw<DataException>(() => FaultPlan.Load("no/such.json", 1, SomePlan.Instruments, TimeProvider.System)).Message.ShouldContain("no/such.json");
    }

    [Fact]
    public void Every_kind_can_be_written_and_has_a_name_of_its_own()
    {
        FaultKinds.Names.Distinct(StringComparer.Ordinal).Count().ShouldBe(Enum.GetValues<FaultKind>().Length);
        FaultKinds.Names.Select(FaultKinds.Parse).ShouldBe(Enum.GetValues<FaultKind>());
        FaultKind.UnknownNotExecuted.Name().ShouldBe("unknown-not-executed");
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("btcusdt@depth*", "btcusdt@depth@100ms", true)]
    [InlineData("btcusdt@depth", "btcusdt@depth@100ms", false)]
    [InlineData("*@kline_*", "btcusdt@kline_1m", true)]
    [InlineData("a*b*c", "aXbbYc", true)]
    [InlineData("a*b*c", "aXbbY", false)]
    [InlineData("", "", true)]
    [InlineData("BTC*", "btcusdt", true)]
    public void Patterns_have_stars_for_any_text(string pattern, string text, bool matches) => Pattern.Matches(pattern, text).ShouldBe(matches);
}
