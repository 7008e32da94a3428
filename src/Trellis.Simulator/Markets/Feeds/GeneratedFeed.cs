using System.Diagnostics.CodeAnalysis;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Data.Generation;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>
/// Candles from a seed that never end: they are made in chunks, each going on from the last close of the one before it under a seed of its own.
/// Equal seeds, symbols and start prices give equal candles, whatever the other instruments are.
/// </summary>
internal sealed class GeneratedFeed : IMarketFeed
{
    /// <summary>Candles in a chunk: 6 days of minutes; the first is made before the simulator is ready.</summary>
    private const int ChunkLength = 8_640;

    /// <summary>The market's own volatility: 3 % a day.</summary>
    private const decimal VolatilityPercent = 3m;

    private readonly InstrumentId _id;
    private readonly Interval _interval;
    private readonly decimal _startPrice;
    private readonly PriceGrid _grid;
    private DeterministicRandom _seeds;
    private readonly long _seed;
    private CandleSeries? _chunk;
    private long _chunkNumber = -1;
    private decimal _lastClose;

    public GeneratedFeed(InstrumentId id, Interval interval, decimal startPrice, PriceGrid grid, long seed)
    {
        _id = id;
        _interval = interval;
        _grid = grid;
        _seed = seed;
        _startPrice = grid.Nearest(startPrice);
        Rewind();
    }

    public string Description => $"generated (regimes, seed {_seed}, from {_startPrice})";

    public Candle? CandleAt(long candle)
    {
        var chunk = ChunkOf(candle / ChunkLength);
        return DecimalCandles.At(chunk, (int)(candle % ChunkLength), DecimalCandles.Unit(chunk.PriceDecimals), DecimalCandles.Unit(chunk.VolumeDecimals));
    }

    public void MovesIn(long candle, int steps, List<MarketMove> moves) => _grid.Walk(CandleAt(candle)!.Value, _interval.Milliseconds).Write(steps, moves);

    [MemberNotNull(nameof(_seeds))]
    private void Rewind()
    {
        _seeds = new DeterministicRandom(StableHash.Of(_id.Symbol, _seed));
        _lastClose = _startPrice;
        _chunk = null;
        _chunkNumber = -1;
    }

    private CandleSeries ChunkOf(long number)
    {
        if (number < _chunkNumber)
        {
            Rewind();
        }

        while (_chunk is null || _chunkNumber < number)
        {
            _chunk = CandleGenerator.Generate(new GeneratorOptions
            {
                Instrument = _id,
                Interval = _interval,
                Model = GeneratorModel.Regimes,
                Seed = unchecked((long)_seeds.NextBits()),
                StartPrice = Within(_lastClose),
                TickSize = _grid.Tick,
                VolatilityPercent = VolatilityPercent,
                Candles = ChunkLength,
            });
            _chunkNumber++;
            _lastClose = _chunk.Close.Span[^1] * DecimalCandles.Unit(_chunk.PriceDecimals);
        }

        return _chunk;
    }

    /// <summary>A price that has wandered to where the next chunk could not hold it is drawn back.</summary>
    private decimal Within(decimal price) => Math.Clamp(price, _startPrice / 100m, _startPrice * 20m);
}
