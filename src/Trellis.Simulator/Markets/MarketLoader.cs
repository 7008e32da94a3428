using System.Globalization;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Matching;
using Trellis.Data;
using Trellis.Simulator.Markets.Feeds;
using Trellis.Simulator.Markets.Listings;

namespace Trellis.Simulator.Markets;

/// <summary>Puts a market together from options and files.</summary>
internal sealed class MarketLoader(MarketOptions options, DateTimeOffset now, MarketAnchor? kept)
{
    private const long Minute = 60_000;

    /// <summary>Where a generated market begins that lives in a time of its own.</summary>
    private static readonly long GeneratedStart = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly List<string> _notices = [];

    public MarketPlan Load()
    {
        Check();
        var sources = Sources();
        var interval = IntervalOf(sources);
        var (start, candles) = Range(sources, interval);
        var (first, history) = Begin(start, candles, interval);
        var market = Identity(sources, interval, start + (first * interval.Milliseconds));
        var anchor = Anchor(market, start + (first * interval.Milliseconds), history, interval);
        var listings = sources.ConvertAll(source => Listing.Of(source, options.Listings, options.FillRule));
        var feeds = sources.Zip(listings, (source, listing) => Feed(source, listing, interval, start + (first * interval.Milliseconds))).ToList();
        for (var i = 0; i < sources.Count; i++)
        {
            _notices.Add($"{sources[i].Symbol}: {feeds[i].Description}");
            _notices.AddRange(listings[i].Notices);
        }

        Explain(anchor);
        var instruments = listings.Select((listing, i) => Started(listing, sources[i], feeds[i], history)).ToList();
        var fundings = sources.Select((source, i) => new FundingSchedule(source.Funding, anchor.Shift, instruments[i].FundingHours)).ToList();
        return new MarketPlan(options, anchor, instruments, feeds, fundings)
        {
            Interval = interval,
            Candles = candles == long.MaxValue ? candles : candles - first,
            HistoryCandles = history,
            Notices = _notices,
        };
    }

    private void Check()
    {
        Require(options.HistoryMinutes is >= 0 and <= MarketOptions.MostHistoryMinutes, "--history", options.HistoryMinutes, $"0 to {MarketOptions.MostHistoryMinutes} minutes");
        Require(options.QuietMilliseconds is >= 0 and <= 60_000, "--quiet", options.QuietMilliseconds, "0 to 60000 milliseconds");
        Require(options.SlippagePercent is >= 0 and <= 100 && decimal.Round(options.SlippagePercent, 6) == options.SlippagePercent, "--slippage", options.SlippagePercent, "0 to 100 percent with at most 6 decimals");
        var repeated = options.Instruments.GroupBy(symbol => symbol, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Require(repeated is null, "--instruments", repeated?.Key ?? "", "each symbol once");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed: {allowed}"));
        }
    }

    private List<MarketSource> Sources()
    {
        var known = InstrumentCatalogue.Default.Entries.Select(entry => entry.Instrument.Id.Symbol).Concat(options.Instruments).ToHashSet(StringComparer.Ordinal);
        var arguments = options.Data.Select(text => DataArgument.Parse(text, known)).ToList();
        var moved = arguments.Where(argument => argument.File.Kind != Data.Recognition.DataFileKind.Funding).Select(argument => argument.Symbol);
        var symbols = options.Instruments.Count > 0 ? options.Instruments : [.. moved.Distinct(StringComparer.Ordinal)];
        symbols = symbols.Count > 0 ? symbols : options.Listings.DefaultSymbols;
        var stray = arguments.Find(argument => !symbols.Contains(argument.Symbol, StringComparer.Ordinal));
        if (stray is not null)
        {
            throw new ConfigurationException($"--data {stray.File.Path}: is of {stray.Symbol}, which is not among the instruments; allowed: {string.Join(", ", symbols)}. Add it to --instruments, or leave the file out");
        }

        return [.. symbols.Select(symbol => MarketSource.Read(symbol, options.Listings.Exchange, arguments.FindAll(argument => argument.Symbol == symbol)))];
    }

    private Interval IntervalOf(List<MarketSource> sources)
    {
        var replayed = sources.Where(source => source.Candles is not null).ToList();
        var intervals = replayed.Select(source => source.Candles!.Interval).Distinct().ToList();
        if (intervals.Count > 1)
        {
            throw new ConfigurationException(
                $"--data: instruments have candles of several intervals ({string.Join(", ", replayed.Select(source => $"{source.Symbol} {source.Candles!.Interval}"))}); " +
                "all must have the same. Bring them to one with trellis data resample");
        }

        var trades = sources.Find(source => source.Trades is not null);
        if (trades is not null && options.FillRule == FillRule.Candle)
        {
            throw new ConfigurationException($"--fill-rule candle: {trades.Symbol} has recorded trades, and this rule needs candles; allowed: candles for it, or --fill-rule book");
        }

        var interval = intervals.Count > 0 ? intervals[0] : Interval.OneMinute;
        return options.FillRule == FillRule.Book || interval == Interval.OneMinute ? interval : throw new ConfigurationException(
            $"--fill-rule candle: {replayed[0].Symbol} has candles of {interval}, and klines are put together from minutes; allowed: candles of 1m, or --fill-rule book");
    }

    /// <summary>The time that all data have in common, in the data's time.</summary>
    private static (long Start, long Candles) Range(List<MarketSource> sources, Interval interval)
    {
        var data = sources.FindAll(source => source.HasData);
        if (data.Count == 0)
        {
            return (GeneratedStart, long.MaxValue);
        }

        var length = interval.Milliseconds;
        var start = (data.Max(source => source.Start) + length - 1) / length * length;
        var end = data.Min(source => source.End) / length * length;
        if (end - start < length)
        {
            var ranges = string.Join("; ", data.Select(source => $"{source.Symbol} from {TimeText.Of(source.Start)} to {TimeText.Of(source.End)}"));
            throw new DataException($"--data: the instruments have no candle of {interval} in common: {ranges}. Give data of the same time");
        }

        return (start, (end - start) / length);
    }

    /// <summary>The candle of the common range at which the history begins, and how many candles it has.</summary>
    private (long First, long History) Begin(long start, long candles, Interval interval)
    {
        var wanted = options.HistoryMinutes * Minute / interval.Milliseconds;
        if (options.From is not { } from)
        {
            return (0, Math.Min(wanted, candles / 2));
        }

        if (candles == long.MaxValue)
        {
            return (0, wanted);
        }

        var at = (from.ToUnixTimeMilliseconds() - start) / interval.Milliseconds;
        if (at < 0 || at >= candles)
        {
            throw new ConfigurationException($"--from {TimeText.Of(from.ToUnixTimeMilliseconds())} lies outside the data; allowed: {TimeText.Of(start)} up to, not including, {TimeText.Of(start + (candles * interval.Milliseconds))}");
        }

        var history = Math.Min(wanted, at);
        return (at - history, history);
    }

    private MarketAnchor Anchor(string market, long dataOpen, long history, Interval interval)
    {
        if (kept is not null)
        {
            return kept.Market == market ? kept : throw new ConfigurationException(
                $"the kept state is of another market:\n  kept: {kept.Market}\n  now: {market}\nUse the same --instruments, --data, --seed, --history and --from, or another state file");
        }

        if (options.Speed.Flows)
        {
            // Whole candles and whole minutes, so that candles keep their place on the grid.
            var unit = Math.Max(Minute, interval.Milliseconds);
            var first = (now.ToUnixTimeMilliseconds() / unit * unit) - (history * interval.Milliseconds);
            return new MarketAnchor(first, first - dataOpen, FollowsTheDay: true, market);
        }

        var own = options.From is { } from && dataOpen == GeneratedStart && options.Data.Count == 0
            ? (from.ToUnixTimeMilliseconds() / interval.Milliseconds * interval.Milliseconds) - (history * interval.Milliseconds)
            : dataOpen;
        return new MarketAnchor(own, own - dataOpen, FollowsTheDay: false, market);
    }

    private void Explain(MarketAnchor anchor)
    {
        if (anchor.FollowsTheDay && options.Data.Count > 0)
        {
            _notices.Add(string.Create(CultureInfo.InvariantCulture, $"the data are moved in time by {TimeSpan.FromMilliseconds(anchor.Shift).TotalMinutes} minutes: {TimeText.Of(anchor.FirstOpen - anchor.Shift)} in the data is {TimeText.Of(anchor.FirstOpen)} in the market"));
        }
    }

    private IMarketFeed Feed(MarketSource source, Listing listing, Interval interval, long start)
    {
        if (source.Candles is { } series)
        {
            var holes = Gap.Of(series).Sum(gap => gap.Candles);
            return new SeriesFeed(series, (int)((start - series.StartTime) / interval.Milliseconds), listing.Grid,
                string.Create(CultureInfo.InvariantCulture, $"{series.Count - holes} candles of {interval} from {TimeText.Of(series.StartTime)} to {TimeText.Of(series.TimeOf(series.Count - 1))}, {holes} missing ({source.Files})"));
        }

        return source.Trades is { } trades
            ? new TradeFeed(trades, start, interval.Milliseconds, listing.Grid, string.Create(CultureInfo.InvariantCulture, $"{trades.Count} trades from {TimeText.Of(trades[0].Time)} to {TimeText.Of(trades[^1].Time)} ({source.Files})"))
            : new GeneratedFeed(listing.Instrument.Instrument.Id, interval, listing.Instrument.StartPrice, listing.Grid, options.Seed);
    }

    /// <summary>The listing with the price before the start: the last close of the history, else the first open.</summary>
    private static MatchingInstrument Started(Listing listing, MarketSource source, IMarketFeed feed, long history)
    {
        decimal? price = null;
        for (var candle = history - 1; candle >= 0 && source.HasData && price is null; candle--)
        {
            price = feed.CandleAt(candle)?.Close;
        }

        price ??= source.HasData ? null : feed.CandleAt(Math.Max(0, history - 1))!.Value.Close;
        for (var candle = history; price is null; candle++)
        {
            price = feed.CandleAt(candle)?.Open;
        }

        return listing.Instrument with
        {
            StartPrice = listing.Grid.Nearest(price.Value),
            DataDecimals = source.Candles?.PriceDecimals ?? InstrumentUnits.DecimalsOf(listing.Grid.Tick),
        };
    }

    private string Identity(List<MarketSource> sources, Interval interval, long dataOpen)
    {
        var parts = sources.Select(source => source switch
        {
            { Candles: { } series } => $"{source.Symbol} {series.Count} candles from {TimeText.Of(series.StartTime)} ({Fingerprint.Of(series):x16})",
            { Trades: { } trades } => $"{source.Symbol} {trades.Count} trades from {TimeText.Of(trades[0].Time)} ({Fingerprint.Of(trades):x16})",
            _ => $"{source.Symbol} generated with seed {options.Seed}",
        });
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts)}; {interval}, begins at {TimeText.Of(dataOpen)}, history {options.HistoryMinutes}");
    }
}
