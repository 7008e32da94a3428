using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trellis.Core;

namespace Trellis.Simulator.Hosting;

/// <summary>Kestrel on one address and port, for REST and WebSockets alike, with nothing between the socket and the handler.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(1500);

    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application, IPEndPoint endPoint)
    {
        _application = application;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens; the port is never 0.</summary>
    public IPEndPoint EndPoint { get; }

    /// <param name="endPoint">Port 0 takes a free one.</param>
    /// <param name="handler">Answers every request and takes every WebSocket.</param>
    /// <exception cref="RunException">The address and port can't be listened on.</exception>
    public static async Task<LoopbackServer> StartAsync(IPEndPoint endPoint, RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // Limits of the exchange's own are the venue's to state; a batch of orders in a query is long.
            options.Limits.MaxRequestLineSize = 64 << 10;
            options.Limits.MaxRequestBodySize = 1 << 20;
            options.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopPatience);
        var application = builder.Build();
        // Pings of the exchange are the venue's affair.
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        application.Run(handler);
        try
        {
            await application.StartAsync();
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            await application.DisposeAsync();
            throw new RunException(CannotListen(endPoint, error), error);
        }

        return new LoopbackServer(application, Bound(application, endPoint));
    }

    /// <summary>Takes no more connections, and breaks those that are open after a while.</summary>
    public Task StopAsync() => _application.StopAsync();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static IPEndPoint Bound(WebApplication application, IPEndPoint wanted)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new IPEndPoint(wanted.Address, new Uri(addresses!.Addresses.First()).Port);
    }

    private static string CannotListen(IPEndPoint endPoint, Exception error) => error.InnerException is AddressInUseException || error is AddressInUseException
        ? $"port {endPoint.Port} on {endPoint.Address} is taken: another program listens there. Stop it, or give another --port (0 takes a free one)"
        : $"port {endPoint.Port} on {endPoint.Address} can't be listened on: {error.Message} Give another --port (0 takes a free one) or --host";

    /// <summary>The program listens to its signals itself.</summary>
    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
