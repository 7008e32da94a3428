using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trellis.Core;

namespace Trellis.Server.Control;

/// <summary>The control channel: HTTP over a Unix socket that only its owner may open.</summary>
public sealed class ControlServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication application;
    private readonly string path;

    private ControlServer(WebApplication application, string path)
    {
        this.application = application;
        this.path = path;
    }

    /// <param name="path">Of the socket; one that a killed process left behind is replaced.</param>
    /// <param name="handler">Answers requests.</param>
    /// <exception cref="RunException">It can't be listened on.</exception>
    public static async Task<ControlServer> StartAsync(string path, RequestDelegate handler)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (!OperatingSystem.IsWindows())
            {
                // The socket is made with the process's mask: until its own mode is set, the folder keeps others out.
                folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }

            File.Delete(path);
            var started = Build(path, handler);
            await started.StartAsync();
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new ControlServer(started, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            throw new RunException($"control socket {path} can't be opened: {error.Message}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
        File.Delete(path);
    }

    private static WebApplication Build(string path, RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopPatience);
        var built = builder.Build();
        built.Run(handler);
        return built;
    }

    /// <summary>The program listens to its signals itself.</summary>
    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
