using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Venues.Binance.Endpoints;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;
using Trellis.Simulator.Venues.Binance.Rest;
using Trellis.Simulator.Venues.Binance.Streams;
using Trellis.Simulator.Venues.Binance.WebSocketApi;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>Binance USDⓈ-M futures: REST, WebSocket API and streams on one port.</summary>
public sealed class BinanceVenue : IVenue
{
    /// <summary>What a connection to the WebSocket API weighs.</summary>
    private const int ConnectionWeight = 5;

    /// <summary>Binance pings every 3 minutes and waits 10 for the pong.</summary>
    private static readonly WebSocketAcceptContext WebSockets = new() { KeepAliveInterval = TimeSpan.FromMinutes(3), KeepAliveTimeout = TimeSpan.FromMinutes(10) };

    private readonly VenueContext _context;
    private readonly BinanceServices _services;
    private readonly RequestRunner _runner;
    private readonly RestGateway _rest;
    private readonly StreamHub _streams;

    public BinanceVenue(VenueContext context)
    {
        _context = context;
        var symbols = new SymbolTable(context.Exchange.Read(static engine => engine.Instruments));
        _services = new BinanceServices(context, symbols, new ListenKeys(context.Time, ~(ulong)context.Time.GetUtcNow().Ticks));
        _runner = new RequestRunner(_services);
        _rest = new RestGateway(_services, _runner);
        _streams = new StreamHub(context, symbols, _services.ListenKeys);
        context.Exchange.AddObserver(_streams);
        context.Activity.Watch(() => _streams.QueuedFrames, () => _streams.UserStreams, () => _streams.Connections);
    }

    public string Name => "binance";

    public async ValueTask<bool> TryHandleAsync(HttpContext context)
    {
        var service = BinanceHosts.Find(context.Request, _context.DefaultMarket == MarketKind.Spot);
        if (service == BinanceService.None)
        {
            return false;
        }

        try
        {
            await HandleAsync(context, service);
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(context, RequestErrors.IllegalCharacters with { Http = bad.StatusCode });
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or WebSocketException or ConnectionAbortedException)
        {
            // The client left, or the simulator stops.
            context.Abort();
        }

        return true;
    }

    /// <summary>Closes the streams.</summary>
    public ValueTask DisposeAsync() => _streams.DisposeAsync();

    public string CaptureState() => _services.ListenKeys.Capture();

    public void RestoreState(string state) => _services.ListenKeys.Restore(state);

    private ValueTask HandleAsync(HttpContext context, BinanceService service) => service switch
    {
        BinanceService.FuturesRest or BinanceService.Wallet => _rest.HandleAsync(context),
        BinanceService.FuturesWebSocketApi => AnswerWebSocketAsync(context),
        BinanceService.FuturesStreams => StreamAsync(context),
        _ => RefuseAsync(context, RequestErrors.NotSimulated("spot is not simulated; USD-M futures are, at fapi.binance.com and /fapi")),
    };

    private async ValueTask StreamAsync(HttpContext context)
    {
        if (!await _streams.TryHandleAsync(context))
        {
            await RefuseAsync(context, RequestErrors.UnknownPath(context.Request.Method, context.Request.Path.Value ?? ""));
        }
    }

    private async ValueTask AnswerWebSocketAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, RequestErrors.UnknownPath(context.Request.Method, context.Request.Path.Value ?? ""));
            return;
        }

        var address = ClientAddress.Of(context);
        var refusal = _context.Faults.InMaintenance ? RequestErrors.Maintenance : _services.Weights.Admit(address, ConnectionWeight, out _);
        if (refusal is { } error)
        {
            await RefuseAsync(context, error);
            return;
        }

        var withLimits = !string.Equals(context.Request.Query["returnRateLimits"], "false", StringComparison.OrdinalIgnoreCase);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(WebSockets);
        using var connection = new WebSocketApiConnection(_services, _runner, socket, address, context.Connection.Id, withLimits);
        await connection.RunAsync(_context.Stopping);
    }

    private static async ValueTask RefuseAsync(HttpContext context, BinanceError error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        using var answer = AnswerBuffer.Rent();
        ErrorJson.Write(answer.Writer, error);
        context.Response.StatusCode = error.Http;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.Written);
    }
}
