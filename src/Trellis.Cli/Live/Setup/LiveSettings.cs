using Trellis.Cli.Backtest;
using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Trading;

namespace Trellis.Cli.Live.Setup;

/// <summary>From a document and its instruments to what a trading loop is made of.</summary>
internal static class LiveSettings
{
    /// <summary>The instruments that bots trade, in the order of the document, under the rules that the exchange tells now. Fees and margin tables are the document's or the catalogue's.</summary>
    /// <exception cref="ConfigurationException">The exchange does not have one of them.</exception>
    public static IReadOnlyList<Instrument> Instruments(Document document, IReadOnlyList<Instrument> offered, DateTimeOffset now)
    {
        var traded = document.Bots.Select(bot => document.FindInstruments(bot.Instrument)[0].Id).ToHashSet();
        return
        [
            .. document.Instruments.Where(options => traded.Contains(options.Id)).Select(options =>
            {
                var there = offered.FirstOrDefault(instrument => instrument.Id.Symbol == options.Symbol && instrument.Id.Market == options.Market)
                    ?? throw new ConfigurationException($"instrument {options.Id}: the exchange does not trade it now; it trades {offered.Count} instruments, such as {string.Join(", ", offered.Take(5).Select(each => each.Id.Symbol))}");
                var known = InstrumentResolver.Resolve(options);
                var rules = there.RulesAt(now) with { MakerFee = known.RulesAt(now).MakerFee, TakerFee = known.RulesAt(now).TakerFee };
                return known with { Rules = [rules with { ValidFrom = DateTimeOffset.UnixEpoch }], ContractMultiplier = there.ContractMultiplier };
            }),
        ];
    }

    /// <exception cref="ConfigurationException">Instruments that can't be reckoned with.</exception>
    public static TradingSettings Build(Document document, IReadOnlyList<Instrument> instruments, string installation)
    {
        var hedgeMode = document.Account.PositionMode == PositionMode.Hedge;
        return new TradingSettings
        {
            Installation = installation,
            Markets = [.. instruments.Select(instrument => new TradingMarket(instrument, new InstrumentUnits(instrument, 0), instrument.Rules[0]))],
            Bots = [.. document.Bots.Select(bot => Bot(document, bot, instruments, hedgeMode))],
            HedgeMode = hedgeMode,
            Currency = instruments[0].QuoteCurrency,
            CandleInterval = document.Live.Interval.Milliseconds,
            ReceiveWindow = document.Exchange.ReceiveWindowMs,
            ReconcileEvery = document.Live.ReconcileSeconds * 1_000L,
            Limits = new RiskLimits
            {
                MaxPosition = document.Risk.MaxPosition,
                MaxTotalExposure = document.Risk.MaxTotalExposure,
                MaxDrawdownPercent = document.Risk.MaxDrawdownPercent,
                MaxOrdersPerInstrument = document.Risk.MaxOrdersPerInstrument,
                PriceCollarPercent = document.Risk.PriceCollarPercent,
            },
        };
    }

    /// <summary>Closed candles that a market's bots must have seen before they begin: a signal's indicators need some, others only a price.</summary>
    public static IReadOnlyList<int> History(Document document, IReadOnlyList<Instrument> instruments) =>
    [
        .. instruments.Select(instrument => document.Bots.Any(bot => bot.Signal is not null && document.FindInstruments(bot.Instrument)[0].Id == instrument.Id) ? SignalHistory : 1),
    ];

    private const int SignalHistory = 1_000;

    private static TradingBot Bot(Document document, BotOptions bot, IReadOnlyList<Instrument> instruments, bool hedgeMode)
    {
        var strategy = BotStrategy.Of(bot)!;
        var id = document.FindInstruments(bot.Instrument)[0].Id;
        return new TradingBot
        {
            Name = bot.Name,
            Strategy = () => strategy.Create(hedgeMode),
            Markets = [instruments.Select((instrument, index) => (instrument.Id, index)).First(each => each.Id == id).index],
            Capital = document.Account.Balance,
            Leverage = strategy.Leverage,
            Direction = Direction(bot),
        };
    }

    private static TradingDirection Direction(BotOptions bot) => bot switch
    {
        { Grid.Direction: GridDirection.Long } or { Dca.Direction: DcaDirection.Long } or { Signal.Direction: SignalDirection.Long } => TradingDirection.Long,
        { Grid.Direction: GridDirection.Short } or { Dca.Direction: DcaDirection.Short } or { Signal.Direction: SignalDirection.Short } => TradingDirection.Short,
        _ => TradingDirection.Either,
    };
}
