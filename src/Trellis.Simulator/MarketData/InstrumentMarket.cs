using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>What the market has shown of one instrument. Its members are called under its lock.</summary>
internal sealed class InstrumentMarket(int instrument)
{
    /// <summary>Nine years at three fundings a day.</summary>
    private const int FundingsKept = 10_000;

    private static readonly Func<FundingView, long> FundingTime = static funding => funding.Time;

    private readonly BookSide _bids = new(Side.Buy);
    private readonly BookSide _asks = new(Side.Sell);
    private readonly Ring<FundingView> _fundings = new(FundingsKept);
    private long _updateId;
    private long _updatedAt;

    public Lock Gate { get; } = new();

    public KlineBook Klines { get; } = new();

    /// <summary>Candles of the mark price, without volumes.</summary>
    public KlineBook MarkKlines { get; } = new();

    /// <summary>Candles of the index price, without volumes.</summary>
    public KlineBook IndexKlines { get; } = new();

    public TradeTape Tape { get; } = new(instrument);

    public MarkView Mark { get; private set; } = new(instrument, 0, 0, 0, 0, 0);

    public BestQuote BestQuote => new(instrument, _bids.Best.Price, _bids.Best.Quantity, _asks.Best.Price, _asks.Best.Quantity, _updateId, _updatedAt);

    public void Apply(in LevelChange change)
    {
        (change.Side == Side.Buy ? _bids : _asks).Set(change.Price, change.Quantity);
        (_updateId, _updatedAt) = (change.UpdateId, change.Time);
    }

    public void Apply(Traded trade, long batch)
    {
        Klines.Add(trade.TradeId, trade.Price, trade.Quantity, trade.Aggressor, trade.Time);
        Tape.Add(trade, batch);
    }

    public void Apply(MarkPriceChanged change)
    {
        Mark = Mark with { MarkPrice = change.MarkPrice, IndexPrice = change.IndexPrice, Time = change.Time };
        MarkKlines.Add(KlineBar.NoTrade, change.MarkPrice, 0m, Side.Buy, change.Time);
        IndexKlines.Add(KlineBar.NoTrade, change.IndexPrice, 0m, Side.Buy, change.Time);
    }

    /// <summary>Makes candles that came from elsewhere the past; what mark and index price were then is not known, and they are taken to have followed.</summary>
    public void Seed(IReadOnlyList<Kline> minutes)
    {
        Klines.Seed(minutes);
        List<Kline> prices = [.. minutes.Select(static minute => minute with { Volume = 0m, QuoteVolume = 0m, TakerBuyVolume = 0m, TakerBuyQuoteVolume = 0m, Trades = 1 })];
        MarkKlines.Seed(prices);
        IndexKlines.Seed(prices);
    }

    /// <summary>Lets time pass: minutes in which nothing happened are candles too.</summary>
    public void Advance(long time)
    {
        Klines.Advance(time);
        MarkKlines.Advance(time);
        IndexKlines.Advance(time);
    }

    public void Apply(FundingSettled funding) => _fundings.Add(new FundingView(instrument, funding.Rate, funding.MarkPrice, funding.Time));

    public void SetFunding(decimal rate, long nextTime) => Mark = Mark with { FundingRate = rate, NextFundingTime = nextTime };

    public DepthView Depth(int limit) => new(_bids.Take(limit), _asks.Take(limit), _updateId, _updatedAt);

    /// <summary>The window slides by whole minutes: it holds the minute under way and the 1,440 before it.</summary>
    public DayTicker Ticker(long now)
    {
        var openTime = KlineIntervals.OpenOf(KlineInterval.OneMinute, now) - KlineIntervals.Day;
        var day = Klines.Since(openTime);
        return new DayTicker(
            instrument,
            day.Open,
            day.High,
            day.Low,
            Klines.LastPrice,
            Tape.Last?.Quantity ?? 0,
            day.Volume,
            day.QuoteVolume,
            openTime,
            now,
            day.FirstTradeId,
            day.LastTradeId,
            day.Trades);
    }

    public IReadOnlyList<FundingView> Fundings(long? from, long? to, int limit)
    {
        var end = to is { } latest ? _fundings.FirstAtLeast(latest + 1, FundingTime) : _fundings.Count;
        var start = from is { } earliest ? _fundings.FirstAtLeast(earliest, FundingTime) : Math.Max(0, end - limit);
        var taken = new List<FundingView>();
        for (var i = start; i < end && taken.Count < limit; i++)
        {
            taken.Add(_fundings[i]);
        }

        return taken;
    }

    public void Write(BinaryWriter writer)
    {
        Klines.Write(writer);
        MarkKlines.Write(writer);
        IndexKlines.Write(writer);
        Tape.Write(writer);
        writer.Write(Mark.MarkPrice);
        writer.Write(Mark.IndexPrice);
        writer.Write(Mark.FundingRate);
        writer.Write(Mark.NextFundingTime);
        writer.Write(Mark.Time);
        writer.Write(_fundings.Count);
        for (var i = 0; i < _fundings.Count; i++)
        {
            writer.Write(_fundings[i].Rate);
            writer.Write(_fundings[i].MarkPrice);
            writer.Write(_fundings[i].Time);
        }

        writer.Write(_updateId);
        writer.Write(_updatedAt);
        Write(writer, _bids);
        Write(writer, _asks);
    }

    public void Read(BinaryReader reader)
    {
        Klines.Read(reader);
        MarkKlines.Read(reader);
        IndexKlines.Read(reader);
        Tape.Read(reader);
        Mark = new MarkView(instrument, reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64(), reader.ReadInt64());
        _fundings.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _fundings.Add(new FundingView(instrument, reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadInt64()));
        }

        (_updateId, _updatedAt) = (reader.ReadInt64(), reader.ReadInt64());
        Read(reader, _bids);
        Read(reader, _asks);
    }

    private static void Write(BinaryWriter writer, BookSide side)
    {
        var levels = side.Take(side.Count);
        writer.Write(levels.Length);
        foreach (var level in levels)
        {
            writer.Write(level.Price);
            writer.Write(level.Quantity);
        }
    }

    private static void Read(BinaryReader reader, BookSide side)
    {
        side.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            side.Set(reader.ReadDecimal(), reader.ReadDecimal());
        }
    }
}
