using Spectre.Console;
using Trellis.Data.Import;

namespace Trellis.Cli.Data;

/// <summary>Shows how far an import is; says nothing where output is redirected.</summary>
internal static class ProgressBar
{
    public static ImportReport Run(string title, Func<IProgress<ImportProgress>?, ImportReport> work) => Screen.IsPlain
        ? work(null)
        : AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .AutoClear(true)
            .Start(context => work(new Reporter(context.AddTask(title))));

    private sealed class Reporter(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.MaxValue = Math.Max(1, value.BytesTotal);
            task.Value = value.BytesRead;
            task.Description = $"{Markup.Escape(Path.GetFileName(value.File))} {value.Rows:N0} rows";
        }
    }
}
