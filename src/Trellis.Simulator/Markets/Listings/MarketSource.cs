using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Funding;
using Trellis.Data.Import;
using Trellis.Data.Recognition;
using Trellis.Data.Trades;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>What files say of one instrument: candles or trades, and perhaps funding; nothing of either where its prices are generated.</summary>
internal sealed record MarketSource(string Symbol, CandleSeries? Candles, IReadOnlyList<RecordedTrade>? Trades, IReadOnlyList<FundingRate> Funding, string Files)
{
    private const long Minute = 60_000;

    /// <summary>Whether anything but a generator moves the price.</summary>
    public bool HasData => Candles is not null || Trades is not null;

    /// <summary>Open time of the first candle, in the data's time.</summary>
    public long Start => Candles?.StartTime ?? Trades![0].Time / Minute * Minute;

    /// <summary>Just behind the last candle.</summary>
    public long End => Candles?.EndTime ?? (Trades![^1].Time / Minute * Minute) + Minute;

    /// <exception cref="ConfigurationException">The files contradict each other.</exception>
    /// <exception cref="DataException">A file can't be read.</exception>
    public static MarketSource Read(string symbol, string exchange, IReadOnlyList<DataArgument> arguments)
    {
        var files = arguments.Select(argument => argument.File).ToList();
        var texts = Of(files, DataFileKind.Candles);
        var stored = Of(files, DataFileKind.StoredCandles);
        var trades = Of(files, DataFileKind.Trades);
        var funding = Of(files, DataFileKind.Funding);
        if ((texts.Count > 0 ? 1 : 0) + stored.Count + (trades.Count > 0 ? 1 : 0) > 1)
        {
            throw new ConfigurationException(
                $"--data: {symbol} has several sources of prices ({string.Join(", ", files.Where(file => file.Kind != DataFileKind.Funding).Select(file => file.Path))}); " +
                "give candle texts, or one candle file of a store, or trades");
        }

        if (funding.Count > 1)
        {
            throw new ConfigurationException($"--data: {symbol} has several funding files ({string.Join(", ", funding.Select(file => file.Path))}); give one");
        }

        return new MarketSource(
            symbol,
            texts.Count > 0 ? ReadTexts(symbol, exchange, texts) : stored.Count > 0 ? ReadStored(stored[0].Path) : null,
            trades.Count > 0 ? TradeFile.Read([.. trades.Select(file => file.Path)]) : null,
            funding.Count > 0 ? FundingFile.Read(funding[0].Path) : [],
            string.Join(", ", files.Where(file => file.Kind != DataFileKind.Funding).Select(file => Path.GetFileName(file.Path))));
    }

    private static List<DataFile> Of(List<DataFile> files, DataFileKind kind) => files.FindAll(file => file.Kind == kind);

    private static CandleSeries ReadTexts(string symbol, string exchange, List<DataFile> files)
    {
        var intervals = files.Select(file => file.Interval!.Value).Distinct().ToList();
        return intervals.Count == 1
            ? CandleReader.Read([.. files.Select(file => file.Path)], new InstrumentId(exchange, MarketKind.Perp, symbol), intervals[0])
            : throw new ConfigurationException($"--data: the candles of {symbol} have several intervals ({string.Join(", ", intervals)}); give those of one");
    }

    /// <summary>Takes the candles out of the mapped file, so that nobody has to keep it open.</summary>
    private static CandleSeries ReadStored(string path)
    {
        using var file = CandleFile.Open(path);
        var mapped = file.Series;
        return new CandleSeries
        {
            Instrument = mapped.Instrument,
            Interval = mapped.Interval,
            StartTime = mapped.StartTime,
            PriceDecimals = mapped.PriceDecimals,
            VolumeDecimals = mapped.VolumeDecimals,
            Open = mapped.Open.ToArray(),
            High = mapped.High.ToArray(),
            Low = mapped.Low.ToArray(),
            Close = mapped.Close.ToArray(),
            Volume = mapped.Volume.ToArray(),
            Fingerprint = mapped.Fingerprint,
            GeneratedBy = mapped.GeneratedBy,
        };
    }
}
