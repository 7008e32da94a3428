using System.CommandLine;
using Trellis.Core.Markets;
using Trellis.Data.Import;

namespace Trellis.Cli.Data;

internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV, gzip CSV, or zip archives of Binance klines; the kind is told by the content", Arity = ArgumentArity.OneOrMore };
        var exchange = DataOptions.Required("--exchange", "Exchange, such as binance");
        var market = DataOptions.Required("--market", "spot or perp");
        var symbol = DataOptions.Required("--symbol", "The exchange's symbol, such as BTCUSDT");
        var interval = DataOptions.Required("--interval", $"Length of a candle: {Interval.Allowed}");
        var store = DataOptions.Store();
        var command = new Command(
            "import",
            "Bring candle files into the store. All or nothing; importing twice changes nothing. " +
            "Example: trellis data import BTCUSDT-1m-2024-01.zip --exchange binance --market perp --symbol BTCUSDT --interval 1m")
        {
            files, exchange, market, symbol, interval, store,
        };
        command.SetAction(parsed =>
        {
            var request = new ImportRequest
            {
                Files = parsed.GetRequiredValue(files),
                Instrument = DataOptions.Instrument(parsed.GetRequiredValue(exchange), parsed.GetRequiredValue(market), parsed.GetRequiredValue(symbol)),
                Interval = Interval.Parse(parsed.GetRequiredValue(interval)),
            };
            var importer = new CandleImporter(DataOptions.StoreOf(parsed.GetValue(store)));
            Print(request, ProgressBar.Run("importing", progress => importer.Import(request, progress)));
            return 0;
        });
        return command;
    }

    private static void Print(ImportRequest request, ImportReport report)
    {
        Screen.Line($"{request.Instrument} {request.Interval}: {report.Rows:N0} rows read, {report.Added:N0} candles added, {report.Repeated:N0} were there already");
        Screen.Line($"  from {Trellis.Data.TimeText.Of(report.First)} to {Trellis.Data.TimeText.Of(report.Last)}: {report.Count - report.Holes:N0} candles, {report.Holes:N0} missing in {report.Gaps.Count:N0} gaps");
        Screen.Gaps(report.Gaps);
        Screen.Line($"  {(report.Unchanged ? "unchanged" : "written")}: {report.Path}");
    }
}
