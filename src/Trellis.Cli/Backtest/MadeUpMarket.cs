using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Generation;

namespace Trellis.Cli.Backtest;

/// <summary>The candles of a <c>generate</c> section.</summary>
internal static class MadeUpMarket
{
    private const long Day = 86_400_000;

    /// <param name="where">The section and its place, for messages.</param>
    /// <exception cref="ConfigurationException">The generator refuses an option.</exception>
    public static CandleSeries Generate(InstrumentId id, Instrument instrument, GenerateOptions market, Interval interval, string where)
    {
        try
        {
            return CandleGenerator.Generate(new GeneratorOptions
            {
                Instrument = id,
                Interval = interval,
                Model = Model(market.Model),
                Seed = market.Seed,
                StartPrice = market.StartPrice,
                TickSize = instrument.RulesAt(market.From).TickSize,
                From = market.From,
                Candles = (int)Math.Min(int.MaxValue, market.Days * (Day / interval.Milliseconds)),
                VolatilityPercent = market.VolatilityPercent,
            });
        }
        catch (ConfigurationException error)
        {
            throw new ConfigurationException($"{where}: {error.Message}", error);
        }
    }

    private static GeneratorModel Model(MarketModel model) => model switch
    {
        MarketModel.MeanReversion => GeneratorModel.MeanReversion,
        MarketModel.Regimes => GeneratorModel.Regimes,
        MarketModel.Jumps => GeneratorModel.Jumps,
        _ => GeneratorModel.RandomWalk,
    };
}
