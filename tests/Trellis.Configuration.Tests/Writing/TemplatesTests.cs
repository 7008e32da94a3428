using System.Text.RegularExpressions;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests.Writing;

public sealed partial class TemplatesTests
{
    public static TheoryData<string> Names => [.. Templates.Names];

    public static TheoryData<string, string> Commented => new(Templates.Names.SelectMany(name => new[] { (name, "yaml"), (name, "ini") }));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_is_the_same_valid_document_in_every_format(string name)
    {
        var documents = Templates.Formats.Select(format => Samples.Load(Templates.Write(name, format)!, $"c.{format}")).ToList();
        documents.ForEach(document => document.ShouldBeEquivalentTo(documents[0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_shows_every_setting(string name)
    {
        var template = Templates.Write(name)!;
        var ini = Templates.Write(name, "ini")!;
        foreach (var key in Keys(ShapeReader.Section<Document>()))
        {
            template.ShouldMatch($@"(?m)^\s*#?\s*(- )?{key}:");
            ini.ShouldMatch($@"(?m)^#?({key} =|\[([a-z_.0-9]+\.)?{key}(\.0)?\])");
        }
    }

    [Theory]
    [MemberData(nameof(Commented))]
    public void Taking_every_hash_away_leaves_only_choices_between_settings_that_exclude_each_other(string name, string format)
    {
        var all = Hash().Replace(Templates.Write(name, format)!, "${indent}");
        Samples.Problems(all, $"c.{format}").Select(problem => problem[(problem.IndexOf(": ", StringComparison.Ordinal) + 2)..]).ShouldAllBe(problem =>
            problem.StartsWith("bots[0]: has several strategy sections", StringComparison.Ordinal)
            || problem.StartsWith("bots[0].dca.base_order_timeout_seconds: 3600 does not go with base_order: market", StringComparison.Ordinal)
            || problem.StartsWith("bots[0].signal: has ", StringComparison.Ordinal)
            || problem.StartsWith("storage: has path and connection", StringComparison.Ordinal)
            || problem.StartsWith("bots[0].grid: has both kinds of window", StringComparison.Ordinal)
            || problem.StartsWith("bots[0].grid.stop_loss: 45000 is not below the lowest line", StringComparison.Ordinal)
            || problem.StartsWith("bots[0].grid.take_profit: 80000 is not above the highest line", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_template_shows_live_trading_as_it_is_by_default_and_sets_none_of_it(string name)
    {
        var yaml = Templates.Write(name)!;
        foreach (var line in new[] { "#dry_run: false", "#exchange:", "#  type: simulator", "#  simulator:", "#    speed: 1x", "#live:", "#  on_stop: keep", "#risk:", "#storage:", "#logs:", "#  level: information" })
        {
            $"\n{yaml}".ShouldContain($"\n{line}\n");
        }

        Templates.Write(name, "json")!.ShouldNotContain("exchange\": {");
        Samples.Load(yaml).Exchange.ShouldBe(new ExchangeOptions());
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("dca")]
    public void The_example_is_a_valid_document_with_a_made_up_year(string strategy)
    {
        var document = Samples.Load(File.ReadAllText(Repository.Find($"examples/{strategy}-btc.yaml")));
        document.Instruments[0].Generate!.Days.ShouldBe(366);
        document.Instruments[0].Generate!.Model.ShouldBe(MarketModel.Regimes);
    }

    private static IEnumerable<string> Keys(Shape shape) => shape switch
    {
        SectionShape section => section.Settings.SelectMany(setting => Keys(setting.Shape).Prepend(setting.Key)),
        ListShape list => Keys(list.Item),
        _ => [],
    };

    [GeneratedRegex(@"(?m)^(?<indent> *)#(?=[a-z_]+:|[a-z_0-9]+ =|\[|  )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hash();
}
