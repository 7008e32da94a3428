using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Reports;

/// <summary>A real browser without a window, driven through the DevTools protocol on loopback.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("trellis-browser-");
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    private readonly ConcurrentQueue<JsonNode> events = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;
    private Task? reading;
    private string? session;
    private int sent;

    /// <summary>What the page reported so far: requests, console messages, exceptions.</summary>
    public IReadOnlyList<JsonNode> Events => [.. events];

    /// <summary>Opens a file; skips the test where there is no browser.</summary>
    public static async Task<Browser> Open(string file, int width, bool dark, CancellationToken cancellation)
    {
        var program = Environment.GetEnvironmentVariable("TRELLIS_BROWSER") ?? Find();
        Assert.SkipWhen(program is null, "no browser: ./test --install installs chromium, TRELLIS_BROWSER names another");
        var browser = new Browser();
        try
        {
            await browser.Start(program!, cancellation);
            await browser.Load(file, width, dark, cancellation);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression in the page; promises are awaited.</summary>
    public async Task<JsonNode?> Evaluate(string expression, CancellationToken cancellation)
    {
        var answer = await Send("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, cancellation);
        answer["exceptionDetails"]?.ToJsonString().ShouldBeNull(expression);
        return answer["result"]!["value"];
    }

    public async Task<JsonNode> Send(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref sent);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        var answer = waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        return await answer.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        socket.Dispose();
        if (reading is not null)
        {
            await reading;
        }

        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may still write there while it ends; the folder is a temporary one.
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private async Task Start(string program, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        const string announcement = "DevTools listening on ";
        string? address = null;
        while (address is null && await process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            address = line.StartsWith(announcement, StringComparison.Ordinal) ? line[announcement.Length..] : null;
        }

        address.ShouldNotBeNull("the browser ended before it listened");
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        await socket.ConnectAsync(new Uri(address), cancellation);
        reading = Read();
    }

    private async Task Load(string file, int width, bool dark, CancellationToken cancellation)
    {
        var target = await Send("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellation);
        var attached = await Send("Target.attachToTarget", new JsonObject { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }, cancellation);
        session = attached["sessionId"]!.GetValue<string>();
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await Send($"{domain}.enable", [], cancellation);
        }

        await Send("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellation);
        await Send("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) }, cancellation);
        await Send("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri }, cancellation);
        await loaded.Task.WaitAsync(cancellation);
        await Frame(cancellation);
    }

    /// <summary>Waits until what was asked for is drawn.</summary>
    public Task<JsonNode?> Frame(CancellationToken cancellation) =>
        Evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))", cancellation);

    private async Task Read()
    {
        var buffer = new byte[1 << 16];
        var text = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                text.Write(buffer, 0, part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(text.ToArray())!);
                    text.SetLength(0);
                }
            }
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser ended, or the test is over.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && waiting.TryRemove(id.GetValue<int>(), out var answer))
        {
            if (message["error"] is { } error)
            {
                answer.SetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                answer.SetResult(message["result"]!);
            }

            return;
        }

        events.Enqueue(message);
        if (message["method"]?.GetValue<string>() == "Page.loadEventFired" && session is not null)
        {
            loaded.TrySetResult();
        }
    }
}
