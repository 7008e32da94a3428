using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>An instrument's candles of every interval. A trade touches only the minute under way; a minute that closes is folded into all others.</summary>
internal sealed class KlineBook
{
    /// <summary>A week of minutes: what a client that pages back with 1,500 at a time may ask for.</summary>
    private const int MinutesKept = 10_080;

    /// <summary>What one request may ask for at most.</summary>
    private const int OthersKept = 1_500;

    private readonly KlineSeries[] _series =
        [.. KlineIntervals.All.Select(interval => new KlineSeries(interval, interval == KlineInterval.OneMinute ? MinutesKept : OthersKept))];

    private KlineBar _minute;
    private bool _hasMinute;

    /// <summary>Close of the last candle; 0 before the first.</summary>
    public decimal LastPrice => _hasMinute ? _minute.Close : 0;

    /// <summary>Makes the minutes between hold a past that came from elsewhere.</summary>
    public void Seed(IReadOnlyList<Kline> minutes)
    {
        foreach (var minute in minutes)
        {
            Close(KlineBar.From(minute));
        }

        if (minutes.Count > 0)
        {
            _minute = KlineBar.Flat(minutes[^1].OpenTime + KlineIntervals.Minute, minutes[^1].Close);
            _hasMinute = true;
        }
    }

    /// <summary>Lets time pass: minutes without a trade are candles too.</summary>
    public void Advance(long time)
    {
        while (_hasMinute && time >= _minute.OpenTime + KlineIntervals.Minute)
        {
            Close(_minute);
            _minute = KlineBar.Flat(_minute.OpenTime + KlineIntervals.Minute, _minute.Close);
        }
    }

    /// <summary>Makes the minute under way the candle that has passed, whatever was traded in it; what traded stays counted.</summary>
    public void Pass(long openTime, CandlePrices candle)
    {
        Advance(openTime);
        var trades = _hasMinute && _minute.OpenTime == openTime ? _minute : KlineBar.Flat(openTime, candle.Open);
        _minute = trades with
        {
            Open = candle.Open,
            High = candle.High,
            Low = candle.Low,
            Close = candle.Close,
            Volume = candle.Volume,
            QuoteVolume = candle.Volume * (candle.Open + candle.High + candle.Low + candle.Close) / 4,
            TakerBuyVolume = candle.Volume / 2,
            TakerBuyQuoteVolume = candle.Volume * (candle.Open + candle.High + candle.Low + candle.Close) / 8,
            Trades = Math.Max(1, trades.Trades),
        };
        _hasMinute = true;
    }

    public void Add(long tradeId, decimal price, decimal quantity, Side aggressor, long time)
    {
        Advance(time);
        if (!_hasMinute)
        {
            _minute = KlineBar.Flat(KlineIntervals.OpenOf(KlineInterval.OneMinute, time), price);
            _hasMinute = true;
        }

        _minute.Add(tradeId, price, quantity, aggressor);
    }

    public List<Kline> Read(KlineInterval interval, long? from, long? to, int limit) =>
        _series[(int)interval].Read(_hasMinute ? _minute : null, from, to, limit);

    /// <summary>One candle of everything that was traded in minutes from an instant on; its prices are 0 where there was nothing.</summary>
    public KlineBar Since(long openTime)
    {
        var sum = KlineBar.Flat(openTime, LastPrice);
        var minutes = _series[(int)KlineInterval.OneMinute];
        foreach (var minute in minutes.ReadFrom(openTime))
        {
            sum.Append(minute);
        }

        if (_hasMinute && _minute.OpenTime >= openTime)
        {
            sum.Append(_minute);
        }

        return sum;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_hasMinute);
        if (_hasMinute)
        {
            KlineBarCodec.Write(writer, _minute);
        }

        foreach (var series in _series)
        {
            series.Write(writer);
        }
    }

    public void Read(BinaryReader reader)
    {
        _hasMinute = reader.ReadBoolean();
        if (_hasMinute)
        {
            _minute = KlineBarCodec.Read(reader);
        }

        foreach (var series in _series)
        {
            series.Read(reader);
        }
    }

    private void Close(in KlineBar minute)
    {
        foreach (var series in _series)
        {
            series.Fold(minute);
        }
    }
}
