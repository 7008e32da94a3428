using Trellis.Configuration;
using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Numerics;
using Trellis.Data.Format;
using Trellis.Data.Funding;
using Trellis.Data.Store;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Cli.Backtest;

/// <summary>From a configuration to everything that decides a backtest: instruments, candles, funding, bots.</summary>
internal sealed class SetupBuilder
{
    /// <summary>Slippage is counted in 10^-8 as a share, a configuration gives percent.</summary>
    private const decimal SlippageUnitsPerPercent = 1_000_000m;

    private readonly LoadedConfiguration loaded;
    private readonly CandleStore store;
    private readonly Dictionary<InstrumentId, LaneSetup> lanes = [];
    private readonly List<MappedCandles> files = [];

    private SetupBuilder(LoadedConfiguration loaded, CandleStore store)
    {
        this.loaded = loaded;
        this.store = store;
    }

    /// <exception cref="ConfigurationException">Settings do not fit each other or their instrument.</exception>
    /// <exception cref="DataException">Candles or funding rates are missing or damaged.</exception>
    public static PreparedRun Build(LoadedConfiguration loaded, CandleStore store)
    {
        var builder = new SetupBuilder(loaded, store);
        try
        {
            var setup = builder.Setup();
            StartPriceCheck.Check(loaded, setup);
            return new PreparedRun(setup, [.. builder.lanes.Keys.Select(builder.SourceOf)], builder.files);
        }
        catch
        {
            builder.files.ForEach(file => file.Dispose());
            throw;
        }
    }

    private BacktestSetup Setup()
    {
        var document = loaded.Document;
        var hedgeMode = document.Account.PositionMode == PositionMode.Hedge;
        return new BacktestSetup
        {
            StartBalance = Money.FromDecimal(document.Account.Balance),
            HedgeMode = hedgeMode,
            Optimistic = document.Backtest.OrderInCandle == OrderInCandle.Optimistic,
            Slippage = Slippage(document.Backtest.SlippagePercent),
            Bots = [.. document.Bots.Select(bot => Bot(bot, hedgeMode))],
            From = document.Backtest.From?.ToUnixTimeMilliseconds(),
            To = document.Backtest.To?.ToUnixTimeMilliseconds(),
        };
    }

    private BotSetup Bot(BotOptions bot, bool hedgeMode)
    {
        var strategy = BotStrategy.Of(bot)!;
        var instrument = loaded.Document.FindInstruments(bot.Instrument)[0];
        return new BotSetup
        {
            Name = bot.Name,
            Strategy = () => strategy.Create(hedgeMode),
            Leverage = strategy.Leverage,
            Lanes = [Lane(instrument)],
        };
    }

    /// <summary>Bots on one instrument share its candles.</summary>
    private LaneSetup Lane(InstrumentOptions options)
    {
        if (!lanes.TryGetValue(options.Id, out var lane))
        {
            var instrument = InstrumentResolver.Resolve(options);
            var funding = options.Funding is { } file ? FundingFile.Read(loaded.Locate(file)) : [];
            lane = LaneSetup.Create(instrument, Candles(options, instrument), funding);
            lanes.Add(options.Id, lane);
        }

        return lane;
    }

    private CandleSeries Candles(InstrumentOptions options, Instrument instrument)
    {
        var interval = loaded.Document.Backtest.Interval;
        if (options.Generate is { } market)
        {
            return MadeUpMarket.Generate(options.Id, instrument, market, interval, PathOf(options));
        }

        var file = store.Open(options.Id, interval);
        files.Add(file);
        return file.Series;
    }

    private string PathOf(InstrumentOptions options)
    {
        var index = loaded.Document.Instruments.TakeWhile(each => each.Id != options.Id).Count();
        var path = $"instruments[{index}].generate";
        return $"{loaded.Sources.Of(path)}: {path}";
    }

    private long Slippage(decimal percent)
    {
        var units = percent * SlippageUnitsPerPercent;
        return units == decimal.Truncate(units)
            ? (long)units
            : throw new ConfigurationException($"{loaded.Sources.Of("backtest.slippage_percent")}: backtest.slippage_percent: {percent} has more than 6 decimals; allowed: 0 to 50 with at most 6 decimals");
    }

    private InstrumentSource SourceOf(InstrumentId id)
    {
        var options = loaded.Document.Instruments.First(each => each.Id == id);
        var entry = InstrumentCatalogue.Default.Find(id);
        return new InstrumentSource(id, entry?.AsOf, options.LeverageTiers is null ? entry?.LeverageTiersAsOf : null, options.Funding);
    }
}
