using System.CommandLine;
using System.Globalization;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Generation;

namespace Trellis.Cli.Data;

internal static class GenerateCommand
{
    private const string Models = "random-walk, mean-reversion, regimes, jumps";

    private static readonly GeneratorOptions Defaults = new();

    public static Command Create()
    {
        var model = DataOptions.Optional("--model", $"How prices move: {Models}", "random-walk");
        var seed = new Option<long>("--seed") { Description = "Equal seeds give equal candles", Required = true };
        var startPrice = Number("--start-price", "Price before the first candle", Defaults.StartPrice);
        var tickSize = Number("--tick-size", "Prices are multiples of this", Defaults.TickSize);
        var volatility = Number("--volatility", "Standard deviation of a day's return in percent", Defaults.VolatilityPercent);
        var gaps = Number("--gaps-per-day", "Gaps in the data, per day", Defaults.GapsPerDay);
        var days = new Option<int?>("--days") { Description = "Length in days; default 365" };
        var count = new Option<int?>("--candles") { Description = "Length in candles, instead of --days" };
        var from = DataOptions.Optional("--from", "First day or instant, UTC", "2024-01-01");
        var interval = DataOptions.Optional("--interval", $"Length of a candle: {Interval.Allowed}", "1m");
        var exchange = DataOptions.Optional("--exchange", "Exchange to file it under", Defaults.Instrument.Exchange);
        var market = DataOptions.Optional("--market", "spot or perp", "spot");
        var symbol = DataOptions.Optional("--symbol", "Symbol to file it under", Defaults.Instrument.Symbol);
        var store = DataOptions.Store();
        var replace = new Option<bool>("--replace") { Description = "Replace other generated candles of the same name" };
        var command = new Command(
            "generate",
            "Make candles from a seed, equal on every machine; every result says that they are generated. " +
            "Example: trellis data generate --model regimes --seed 42 --days 365 --symbol BTCUSDT")
        {
            model, seed, startPrice, tickSize, volatility, gaps, days, count, from, interval, exchange, market, symbol, store, replace,
        };
        command.SetAction(parsed =>
        {
            var length = Interval.Parse(parsed.GetRequiredValue(interval));
            var options = new GeneratorOptions
            {
                Instrument = DataOptions.Instrument(parsed.GetRequiredValue(exchange), parsed.GetRequiredValue(market), parsed.GetRequiredValue(symbol)),
                Interval = length,
                Model = ParseModel(parsed.GetRequiredValue(model)),
                Seed = parsed.GetValue(seed),
                StartPrice = parsed.GetValue(startPrice),
                TickSize = parsed.GetValue(tickSize),
                VolatilityPercent = parsed.GetValue(volatility),
                GapsPerDay = parsed.GetValue(gaps),
                From = ParseTime(parsed.GetRequiredValue(from)),
                Candles = Length(parsed.GetValue(days), parsed.GetValue(count), length),
            };
            Write(options, parsed.GetValue(store), parsed.GetValue(replace));
            return 0;
        });
        return command;
    }

    private static void Write(GeneratorOptions options, string? directory, bool replace)
    {
        var store = DataOptions.StoreOf(directory);
        var series = CandleGenerator.Generate(options);
        if (store.TryFind(options.Instrument, options.Interval, out var existing))
        {
            using (existing)
            {
                if (existing.Series.Fingerprint == series.Fingerprint)
                {
                    Screen.Line($"{series.Instrument} {series.Interval}: these {series.Count:N0} candles are there already: {existing.Path}");
                    return;
                }

                if (existing.Series.GeneratedBy is { } how && !replace)
                {
                    throw new DataException($"{existing.Path}: holds other generated candles ({how}). Add --replace to replace them, or use another --symbol, --exchange or --store");
                }

                if (existing.Series.GeneratedBy is null)
                {
                    throw new DataException($"{existing.Path}: holds recorded candles, which generated ones don't replace. Use another --symbol, --exchange or --store");
                }
            }
        }

        store.Write(series);
        Screen.Line($"{series.Instrument} {series.Interval}: {series.Count:N0} candles generated ({series.GeneratedBy})");
        Screen.Line($"  written: {store.PathOf(series.Instrument, series.Interval)}");
    }

    private static Option<decimal> Number(string name, string description, decimal value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static GeneratorModel ParseModel(string text) => text switch
    {
        "random-walk" => GeneratorModel.RandomWalk,
        "mean-reversion" => GeneratorModel.MeanReversion,
        "regimes" => GeneratorModel.Regimes,
        "jumps" => GeneratorModel.Jumps,
        _ => throw new ConfigurationException($"--model '{text}' is not known; allowed: {Models}"),
    };

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ConfigurationException($"--from '{text}' is not a time; give UTC such as 2024-01-01 or 2024-01-01T12:00Z");

    private static int Length(int? days, int? candles, Interval interval)
    {
        if (days is not null && candles is not null)
        {
            throw new ConfigurationException("data generate: give either --days or --candles, not both");
        }

        return candles ?? (int)Math.Clamp((days ?? 365) * (86_400_000 / interval.Milliseconds), int.MinValue, int.MaxValue);
    }
}
