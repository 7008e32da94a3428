using Trellis.Core.Matching;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Venues.Binance.Streams;

/// <summary>What every source draws from.</summary>
internal sealed class StreamFeed(SymbolTable symbols, MarketDataStore market, SimulatedExchange exchange, ISimulatorClock clock, FrameBuffer buffer)
{
    /// <summary>Binance marks perpetuals in crypto currencies so, in the field <c>st</c>.</summary>
    public const int SymbolType = 1;

    private long _lastEventTime;

    public SymbolTable Symbols { get; } = symbols;

    public MarketDataStore Market { get; } = market;

    public FrameBuffer Buffer { get; } = buffer;

    /// <summary>The time of a message, Unix milliseconds: that of the market, which never runs backwards.</summary>
    /// <param name="notBefore">What the message is about happened then.</param>
    public long EventTime(long notBefore) => _lastEventTime = Math.Max(Math.Max(_lastEventTime, notBefore), clock.MarketTime);

    /// <summary>An instrument with the rules of now, and whether it is halted.</summary>
    public (MatchingInstrument Instrument, bool IsHalted) Instrument(int instrument) =>
        exchange.Read(engine => (engine.Instruments[instrument], engine.IsHalted(instrument)));
}
