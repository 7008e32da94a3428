using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;
using Trellis.Engine.Queues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Streams;

/// <summary>Market data on its way into the queues: quotes replace one another, every candle comes once and in order.</summary>
internal sealed class MarketIntake : IMarketSink
{
    private readonly InputQueues queues;
    private readonly Observers observers;
    private readonly Dictionary<InstrumentId, int> markets = [];
    private readonly CandleDoor[] doors;

    public MarketIntake(TradingSettings settings, InputQueues queues, Observers observers)
    {
        this.queues = queues;
        this.observers = observers;
        doors = new CandleDoor[settings.Markets.Count];
        for (var market = 0; market < settings.Markets.Count; market++)
        {
            markets.Add(settings.Markets[market].Instrument.Id, market);
            doors[market] = new CandleDoor(market, queues);
        }
    }

    public CandleDoor Door(int market) => doors[market];

    public void Quote(InstrumentId instrument, decimal bid, decimal ask, long time)
    {
        // A book with one side, or a crossed one, is no price to decide on.
        if (markets.TryGetValue(instrument, out var market) && bid > 0 && ask >= bid)
        {
            queues.Quote(market, bid, ask);
        }
    }

    public void CandleClosed(InstrumentId instrument, in Candle candle)
    {
        if (markets.TryGetValue(instrument, out var market))
        {
            doors[market].Add(candle);
        }
    }

    public void Lost(string why)
    {
        observers.NoticeOnce(AlertLevel.Warning, "market-stream-lost", $"market data may be missing: {why}; it is fetched again");
        queues.Answer(new StreamLost(0, StreamKind.Market, why));
    }

    public void Restored()
    {
        observers.Settled("market-stream-lost", "market-stream-restored", "market data flow again");
        queues.Answer(new StreamRestored(0, StreamKind.Market));
    }
}
