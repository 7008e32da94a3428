using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Exchanges.Http;

/// <summary>
/// Connections to exchanges for a program without a container of its own: clients by name whose pooled connections are renewed, so that a
/// changed address is noticed. Dispose it after the adapters.
/// </summary>
public sealed class ExchangeHttpClients : IHttpClientFactory, IDisposable
{
    private const long MostOfAnswer = 64 << 20;

    private readonly ServiceProvider _services;
    private readonly IHttpClientFactory _factory;

    public ExchangeHttpClients()
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(clients => Configure(clients));
        _services = services.BuildServiceProvider();
        _factory = _services.GetRequiredService<IHttpClientFactory>();
    }

    /// <summary>What an adapter needs of its clients: no redirects (a signed request goes nowhere else), no cookies, no log of addresses, no time limit but the adapter's.</summary>
    public static IHttpClientBuilder Configure(IHttpClientBuilder clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        return clients
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = MostOfAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectTimeout = TimeSpan.FromSeconds(10),
            });
    }

    public HttpClient CreateClient(string name) => _factory.CreateClient(name);

    public void Dispose() => _services.Dispose();
}
