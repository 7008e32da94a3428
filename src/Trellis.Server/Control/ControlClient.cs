using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trellis.Core;
using Trellis.Server.Api;

namespace Trellis.Server.Control;

/// <summary>Speaks to a running bot over its control socket.</summary>
public sealed class ControlClient : IDisposable
{
    private readonly HttpClient client;
    private readonly string path;

    public ControlClient(string path)
    {
        this.path = path;
        client = new HttpClient(new SocketsHttpHandler { ConnectCallback = async (_, cancellation) => await ConnectAsync(path, cancellation) })
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    /// <exception cref="RunException">Nobody listens, or the answer can't be read.</exception>
    public Task<StatusMessage> StatusAsync(CancellationToken cancellation) =>
        SendAsync(() => client.GetAsync("api/status", cancellation), ApiJson.Default.StatusMessage, cancellation);

    /// <exception cref="ConfigurationException">The command was refused.</exception>
    /// <exception cref="RunException">Nobody listens, or the answer can't be read.</exception>
    public Task<TakenMessage> BotAsync(string name, string verb, CommandMessage message, CancellationToken cancellation) =>
        PostAsync($"api/bots/{Uri.EscapeDataString(name)}/{verb}", message, ApiJson.Default.CommandMessage, cancellation);

    /// <inheritdoc cref="BotAsync"/>
    public Task<TakenMessage> KillAsync(bool on, CommandMessage message, CancellationToken cancellation) =>
        PostAsync(on ? "api/kill" : "api/kill/release", message, ApiJson.Default.CommandMessage, cancellation);

    /// <inheritdoc cref="BotAsync"/>
    public Task<TakenMessage> AdoptAsync(AdoptMessage message, CancellationToken cancellation) => PostAsync("api/orders/adopt", message, ApiJson.Default.AdoptMessage, cancellation);

    public void Dispose() => client.Dispose();

    private Task<TakenMessage> PostAsync<T>(string route, T message, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(() => client.PostAsJsonAsync(route, message, type, cancellation), ApiJson.Default.TakenMessage, cancellation);

    private async Task<T> SendAsync<T>(Func<Task<HttpResponseMessage>> send, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            using var answer = await send();
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw new ConfigurationException(JsonSerializer.Deserialize(body, ApiJson.Default.ErrorMessage)?.Error ?? $"refused with status {(int)answer.StatusCode}");
            }

            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("the answer is null");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new RunException($"the bot at {path} does not answer: {error.InnerException?.Message ?? error.Message}; is it running? 'trellis run CONFIG' starts it", error);
        }
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
