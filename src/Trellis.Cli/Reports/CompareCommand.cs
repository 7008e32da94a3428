using System.CommandLine;
using Spectre.Console;
using Trellis.Cli.Backtest;
using Trellis.Research.Reports;

namespace Trellis.Cli.Reports;

/// <summary><c>trellis compare A B</c>: two results side by side.</summary>
internal static class CompareCommand
{
    private const string Help = """
        Compare two results: their numbers, what their settings differ in, and whether comparing them is fair.

        Example: trellis compare results/grid-btc-1a2b3c4d results/grid-btc-5e6f7a8b --out compare.html
        """;

    public static Command Create()
    {
        var first = ReportCommand.ResultFolderArgument("A", "Folder of a result.");
        var second = ReportCommand.ResultFolderArgument("B", "Folder of another.");
        var target = new Option<string?>("--out") { Description = "Writes the comparison as a page, too.", HelpName = "FILE" };
        var command = new Command("compare", Help) { first, second, target };
        command.SetAction(parse =>
        {
            var file = PageTarget.Of(parse.GetValue(target));
            var comparison = Comparison.Of(parse.GetRequiredValue(first), parse.GetRequiredValue(second));
            Write(SummaryConsole.Create(parse.InvocationConfiguration.Output), comparison);
            if (file is not null)
            {
                ComparePage.Write(comparison, file);
                parse.InvocationConfiguration.Output.WriteLine($"Page  {file}");
            }

            return 0;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, Comparison comparison)
    {
        console.WriteLine($"A  {comparison.First}");
        console.WriteLine($"B  {comparison.Second}");
        foreach (var line in comparison.Warnings.SelectMany(warning => Wrapping.Lines(warning, console.Profile.Width)))
        {
            console.WriteLine(line);
        }

        console.WriteLine();
        var numbers = Table("", "A", "B", "B − A");
        foreach (var row in comparison.Numbers)
        {
            numbers.AddRow(
                new Text(row.Label),
                new Text(row.First, row.Better < 0 ? new Style(decoration: Decoration.Bold) : Style.Plain),
                new Text(row.Second, row.Better > 0 ? new Style(decoration: Decoration.Bold) : Style.Plain),
                new Text(row.Difference));
        }

        console.Write(numbers);
        if (comparison.Settings.Count == 0)
        {
            console.WriteLine("The settings are the same.");
        }
        else
        {
            var settings = Table("Setting", "A", "B");
            foreach (var row in comparison.Settings)
            {
                settings.AddRow(new Text(row.Path), new Text(row.First), new Text(row.Second));
            }

            console.Write(settings);
        }

        console.WriteLine();
        console.WriteLine(comparison.Unfair.Count == 0
            ? "Fair to compare: same data, range, fill rule, slippage, start balance and currency."
            : "NOT fair to compare:");
        foreach (var reason in comparison.Unfair)
        {
            foreach (var (line, index) in Wrapping.Lines(reason, console.Profile.Width - 4).Select((line, index) => (line, index)))
            {
                console.WriteLine((index == 0 ? "  - " : "    ") + line);
            }
        }
    }

    private static Table Table(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (heading, index) in headings.Select((heading, index) => (heading, index)))
        {
            var column = new TableColumn(new Text(heading));
            table.AddColumn(index == 0 || headings.Length == 3 ? column : column.RightAligned().NoWrap());
        }

        return table;
    }
}
