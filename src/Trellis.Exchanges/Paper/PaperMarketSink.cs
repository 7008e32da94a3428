using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Paper;

/// <summary>Passes market data on; the paper exchange sees every price before its client does.</summary>
internal sealed class PaperMarketSink(PaperExchange exchange, IMarketSink client) : IMarketSink
{
    public void Quote(InstrumentId instrument, decimal bid, decimal ask, long time)
    {
        try
        {
            exchange.Quote(instrument, bid, ask);
        }
        catch (RunException)
        {
            // The exchange has stopped, which its user stream tells; prices are prices all the same.
        }

        client.Quote(instrument, bid, ask, time);
    }

    public void CandleClosed(InstrumentId instrument, in Candle candle) => client.CandleClosed(instrument, candle);

    public void Lost(string why)
    {
        exchange.Trust(prices: false);
        client.Lost(why);
    }

    public void Restored()
    {
        exchange.Trust(prices: true);
        client.Restored();
    }
}
