using System.CommandLine;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Resampling;

namespace Trellis.Cli.Data;

internal static class ResampleCommand
{
    public static Command Create()
    {
        var exchange = DataOptions.Required("--exchange", "Exchange, such as binance");
        var market = DataOptions.Required("--market", "spot or perp");
        var symbol = DataOptions.Required("--symbol", "The exchange's symbol, such as BTCUSDT");
        var from = DataOptions.Optional("--interval", $"Interval to read: {Interval.Allowed}", "1m");
        var to = DataOptions.Required("--to", "Interval to write, a whole multiple of the one read");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace candles that the store has already" };
        var store = DataOptions.Store();
        var command = new Command(
            "resample",
            "Make coarser candles of stored ones. Example: trellis data resample --exchange binance --market perp --symbol BTCUSDT --to 5m")
        {
            exchange, market, symbol, from, to, overwrite, store,
        };
        command.SetAction(parsed =>
        {
            var id = DataOptions.Instrument(parsed.GetRequiredValue(exchange), parsed.GetRequiredValue(market), parsed.GetRequiredValue(symbol));
            var target = Interval.Parse(parsed.GetRequiredValue(to));
            var candles = DataOptions.StoreOf(parsed.GetValue(store));
            using var source = candles.Open(id, Interval.Parse(parsed.GetRequiredValue(from)));
            var resampled = CandleResampler.Resample(source.Series, target);
            if (candles.TryFind(id, target, out var existing))
            {
                using (existing)
                {
                    if (existing.Series.Fingerprint != resampled.Series.Fingerprint && !parsed.GetValue(overwrite))
                    {
                        throw new DataException($"{existing.Path}: the store has other {id} {target} candles already; nothing was changed. Give --overwrite to replace them");
                    }
                }
            }

            candles.Write(resampled.Series);
            Screen.Line($"{id} {target}: {resampled.Series.Count:N0} candles from {source.Series.Count:N0} of {source.Series.Interval}, {resampled.Incomplete:N0} incomplete");
            Screen.Line($"  written: {candles.PathOf(id, target)}");
            return 0;
        });
        return command;
    }
}
