using System.CommandLine;
using Trellis.Research.Reports;

namespace Trellis.Cli.Reports;

/// <summary><c>trellis report RESULT_DIR</c>: makes the page of a result again.</summary>
internal static class ReportCommand
{
    private const string Help = """
        Make the report of a result: one file that opens offline, with charts and tables.

        Example: trellis report results/grid-btc-1a2b3c4d --out report.html
        """;

    public static Command Create()
    {
        var folder = ResultFolderArgument("RESULT_DIR", "Folder of a result, as 'trellis backtest' wrote it.");
        var target = new Option<string?>("--out") { Description = $"The file to write; default: {ReportPage.FileName} in the result's folder.", HelpName = "FILE" };
        var command = new Command("report", Help) { folder, target };
        command.SetAction(parse =>
        {
            var from = parse.GetRequiredValue(folder);
            var file = PageTarget.Of(parse.GetValue(target)) ?? Path.Combine(from, ReportPage.FileName);
            ReportPage.Write(from, file);
            parse.InvocationConfiguration.Output.WriteLine($"Report  {file}");
            return 0;
        });
        return command;
    }

    internal static Argument<string> ResultFolderArgument(string name, string description) => new(name) { Description = description };
}
