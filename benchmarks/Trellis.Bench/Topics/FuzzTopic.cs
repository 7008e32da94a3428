using System.Globalization;
using Trellis.Bench.Fuzz;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Bench.Requests;
using Trellis.Core;

namespace Trellis.Bench.Topics;

/// <summary>Mutated requests and frames against the exchange simulator: it answers each as an exchange does, and goes on.</summary>
internal sealed class FuzzTopic : ITopic
{
    private const int Usual = 1_000_000;
    private const int Quick = 50_000;
    private const int Shown = 40;

    public string Name => "fuzz";

    public string Summary => "the exchange simulator against mutated requests and WebSocket frames: counts by class of answer; a stack trace, an unwanted 5xx or a broken server fails";

    public void Run(bool quick, TextWriter output) => RunAsync(quick ? Quick : Usual, output).GetAwaiter().GetResult();

    private static async Task RunAsync(int usual, TextWriter output)
    {
        var (requests, frames) = (Setting("TRELLIS_FUZZ_REQUESTS", usual), Setting("TRELLIS_FUZZ_FRAMES", usual));
        await using var server = await RequestServer.StartAsync(RequestFuzz.Lanes, stateFile: null, RequestServer.Perpetual("BTC", 50_000m));
        await MeasureAsync("requests", requests, () => RequestFuzz.RunAsync(server, requests), output);
        await MeasureAsync("frames", frames, () => FrameFuzz.RunAsync(server, frames), output);
        if (server.Failure.IsCompleted)
        {
            throw new RunException("fuzz: the exchange has stopped", server.Failure.Exception);
        }
    }

    private static async Task MeasureAsync(string what, int sent, Func<Task<AnswerClasses>> run, TextWriter output)
    {
        var start = Clock.Now();
        var classes = (await run()).All;
        var seconds = (Clock.Now() - start).Wall / 1e9;
        var table = new Table(1, $"answers to {what}", "number");
        foreach (var (name, count) in classes.Take(Shown))
        {
            table.Add(name, Text.Count(count));
        }

        table.Print(output);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{sent:N0} mutated {what} in {seconds:0} s, {sent / seconds:N0} a second; {classes.Count} classes of answers, {Math.Max(0, classes.Count - Shown)} rare ones not shown. None was a stack trace, an internal error or a 5xx."));
        output.WriteLine();
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new ConfigurationException($"{name} is '{text}'; allowed: a whole number above 0");
}
