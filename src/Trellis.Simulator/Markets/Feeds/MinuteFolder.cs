using Trellis.Core.Orders;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>Puts moves together into 1-minute candles on an unbroken grid; minutes without a trade repeat the last close.</summary>
internal sealed class MinuteFolder
{
    public const long Minute = 60_000;

    private readonly List<Kline> _minutes = [];
    private decimal _last;
    private Kline? _current;

    /// <summary>The minutes so far, oldest first; the last one is closed.</summary>
    public IReadOnlyList<Kline> Finish(long until)
    {
        Turn(until);
        return _minutes;
    }

    public void Add(long time, in MarketMove move)
    {
        Turn(time / Minute * Minute);
        if (move.Volume == 0)
        {
            return;
        }

        var quote = move.Price * move.Volume;
        var buys = (move.Aggressor ?? (move.Price >= _last ? Side.Buy : Side.Sell)) == Side.Buy;
        var minute = _current ?? Flat(time / Minute * Minute, move.Price);
        _current = minute with
        {
            High = Math.Max(minute.High, move.Price),
            Low = Math.Min(minute.Low, move.Price),
            Close = move.Price,
            Volume = minute.Volume + move.Volume,
            QuoteVolume = minute.QuoteVolume + quote,
            Trades = minute.Trades + 1,
            TakerBuyVolume = minute.TakerBuyVolume + (buys ? move.Volume : 0),
            TakerBuyQuoteVolume = minute.TakerBuyQuoteVolume + (buys ? quote : 0),
        };
        _last = move.Price;
    }

    /// <summary>Closes every minute before an instant.</summary>
    private void Turn(long open)
    {
        if (_current is { } current && current.OpenTime < open)
        {
            _minutes.Add(current with { IsClosed = true });
            _current = null;
        }

        while (_minutes.Count > 0 && _minutes[^1].OpenTime + Minute < open)
        {
            _minutes.Add(Flat(_minutes[^1].OpenTime + Minute, _last) with { IsClosed = true });
        }
    }

    private static Kline Flat(long open, decimal price) => new(open, open + Minute - 1, price, price, price, price, 0, 0, 0, 0, 0, 0, 0, false);
}
