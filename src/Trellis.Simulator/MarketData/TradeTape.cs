using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;

namespace Trellis.Simulator.MarketData;

/// <summary>The last trades of an instrument, one by one and put together.</summary>
internal sealed class TradeTape(int instrument)
{
    private const int Kept = 10_000;

    private static readonly Func<MarketTrade, long> TradeId = static trade => trade.Id;
    private static readonly Func<AggregateTrade, long> AggregateId = static aggregate => aggregate.Id;
    private static readonly Func<AggregateTrade, long> AggregateTime = static aggregate => aggregate.Time;

    private readonly Ring<MarketTrade> _trades = new(Kept);
    private readonly Ring<AggregateTrade> _aggregates = new(Kept);
    private long _lastAggregateId;
    private long _lastBatch = -1;

    public MarketTrade? Last => _trades.Count == 0 ? null : _trades.Last;

    /// <param name="batch">Trades of one command are of one taker; only those are put together.</param>
    public void Add(Traded trade, long batch)
    {
        _trades.Add(new MarketTrade(instrument, trade.TradeId, trade.Price, trade.Quantity, trade.Aggressor, trade.Time));
        if (_lastBatch == batch && _aggregates.Count > 0 && _aggregates.Last is var last && last.Price == trade.Price && last.Aggressor == trade.Aggressor)
        {
            _aggregates.Last = last with { Quantity = last.Quantity + trade.Quantity, LastTradeId = trade.TradeId };
            return;
        }

        _lastBatch = batch;
        _aggregates.Add(new AggregateTrade(instrument, ++_lastAggregateId, trade.Price, trade.Quantity, trade.TradeId, trade.TradeId, trade.Aggressor, trade.Time));
    }

    public IReadOnlyList<MarketTrade> Trades(long? fromId, int limit)
    {
        var start = fromId is { } first ? _trades.FirstAtLeast(first, TradeId) : Math.Max(0, _trades.Count - limit);
        return Take(_trades, start, _trades.Count, limit);
    }

    public IReadOnlyList<AggregateTrade> Aggregates(long? fromId, long? from, long? to, int limit)
    {
        var end = to is { } latest ? _aggregates.FirstAtLeast(latest + 1, AggregateTime) : _aggregates.Count;
        var start = (fromId, from) switch
        {
            ({ } first, _) => _aggregates.FirstAtLeast(first, AggregateId),
            (_, { } earliest) => _aggregates.FirstAtLeast(earliest, AggregateTime),
            _ => Math.Max(0, end - limit),
        };
        return Take(_aggregates, start, end, limit);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_lastAggregateId);
        writer.Write(_trades.Count);
        for (var i = 0; i < _trades.Count; i++)
        {
            var trade = _trades[i];
            Write(writer, trade.Id, trade.Price, trade.Quantity, trade.Aggressor, trade.Time);
        }

        writer.Write(_aggregates.Count);
        for (var i = 0; i < _aggregates.Count; i++)
        {
            var aggregate = _aggregates[i];
            Write(writer, aggregate.Id, aggregate.Price, aggregate.Quantity, aggregate.Aggressor, aggregate.Time);
            writer.Write(aggregate.FirstTradeId);
            writer.Write(aggregate.LastTradeId);
        }
    }

    public void Read(BinaryReader reader)
    {
        _lastAggregateId = reader.ReadInt64();
        _lastBatch = -1;
        _trades.Clear();
        _aggregates.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _trades.Add(new MarketTrade(instrument, reader.ReadInt64(), reader.ReadDecimal(), reader.ReadDecimal(), (Side)reader.ReadSByte(), reader.ReadInt64()));
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (id, price, quantity, aggressor, time) = (reader.ReadInt64(), reader.ReadDecimal(), reader.ReadDecimal(), (Side)reader.ReadSByte(), reader.ReadInt64());
            _aggregates.Add(new AggregateTrade(instrument, id, price, quantity, reader.ReadInt64(), reader.ReadInt64(), aggressor, time));
        }
    }

    private static void Write(BinaryWriter writer, long id, decimal price, decimal quantity, Side aggressor, long time)
    {
        writer.Write(id);
        writer.Write(price);
        writer.Write(quantity);
        writer.Write((sbyte)aggressor);
        writer.Write(time);
    }

    private static List<T> Take<T>(Ring<T> ring, int start, int end, int limit)
    {
        var taken = new List<T>(Math.Max(0, Math.Min(limit, end - start)));
        for (var i = start; i < end && taken.Count < limit; i++)
        {
            taken.Add(ring[i]);
        }

        return taken;
    }
}
