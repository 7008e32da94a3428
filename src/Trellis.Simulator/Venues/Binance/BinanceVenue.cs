using Microsoft.AspNetCore.Http;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>Binance USDⓈ-M futures: REST, WebSocket API and streams on one port.</summary>
public sealed class BinanceVenue : IVenue
{
    private readonly VenueContext _context;
    private readonly SymbolTable _symbols;
    private readonly ListenKeys _listenKeys;

    public BinanceVenue(VenueContext context)
    {
        _context = context;
        _symbols = new SymbolTable(context.Exchange.Read(static engine => engine.Instruments));
        _listenKeys = new ListenKeys(context.Time, (ulong)context.Time.GetUtcNow().Ticks);
    }

    public string Name => "binance";

    public ValueTask<bool> TryHandleAsync(HttpContext context) => throw new NotSupportedException();

    public string CaptureState() => _listenKeys.Capture();

    public void RestoreState(string state) => _listenKeys.Restore(state);
}
