using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Research.Backtesting;
using Trellis.Research.Reports;
using Trellis.Research.Results;
using Trellis.Research.Tests.Results;

namespace Trellis.Research.Tests.Reports;

/// <summary>The report as a real browser shows it.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("trellis-report-").FullName, "result");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Page => Path.Combine(folder, ReportPage.FileName);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Theory]
    [InlineData(1440, false)]
    [InlineData(375, true)]
    public async Task A_report_makes_no_request_has_no_error_fits_its_window_and_shows_the_numbers_of_the_result(int width, bool dark)
    {
        WriteLongestRun();
        await using var browser = await Browser.Open(Page, width, dark, Cancellation);

        await Use(browser);

        Complaints(browser).ShouldBeEmpty();
        Requests(browser).ShouldBe([new Uri(Page).AbsoluteUri]);
        (await browser.Evaluate("document.documentElement.scrollWidth <= innerWidth", Cancellation))!.GetValue<bool>().ShouldBeTrue();
        (await browser.Evaluate("document.documentElement.dataset.theme", Cancellation))!.GetValue<string>().ShouldBe(dark ? "light" : "dark");
        var result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "result.json"), Cancellation))!;
        var shown = (await browser.Evaluate("[...document.querySelectorAll('data')].map(data => [data.dataset.path, data.value, data.textContent])", Cancellation))!.AsArray();
        shown.Count.ShouldBeGreaterThan(60);
        foreach (var (path, value, text) in shown.Select(row => ($"{row![0]}", $"{row[1]}", $"{row[2]}")))
        {
            var exact = At(result, path);
            value.ShouldBe(exact is null ? "null" : exact.GetValueKind() == JsonValueKind.String ? exact.GetValue<string>() : exact.ToJsonString(), path);
            Rounds(text, exact, path).ShouldBeTrue($"{path}: {value} is shown as {text}");
        }
    }

    [Fact]
    public async Task The_canvas_has_candles_fills_and_the_curve_on_it_and_follows_keys_and_wheel()
    {
        WriteLongestRun();
        await using var browser = await Browser.Open(Page, 1440, dark: false, Cancellation);

        (await Colors(browser)).ShouldBeGreaterThan(20);
        var before = await Image(browser);
        await browser.Evaluate("document.getElementById('canvas').dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: 400, clientY: 500, cancelable: true }))", Cancellation);
        await browser.Frame(Cancellation);
        var zoomed = await Image(browser);
        (zoomed == before).ShouldBeFalse();
        await browser.Evaluate("document.getElementById('canvas').dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', cancelable: true }))", Cancellation);
        await browser.Frame(Cancellation);
        (await browser.Evaluate("document.getElementById('readout').textContent", Cancellation))!.GetValue<string>().ShouldContain("equity");
        await browser.Evaluate("document.getElementById('canvas').dispatchEvent(new PointerEvent('pointerleave'))", Cancellation);
        await browser.Frame(Cancellation);
        (await Image(browser) == before).ShouldBeTrue();
    }

    [Fact]
    public async Task Names_that_are_markup_stay_text()
    {
        const string hostile = "</script><img src=x onerror=document.title='owned'>\"'&{0}";
        WriteLongestRun();
        var path = Path.Combine(folder, "result.json");
        var result = JsonNode.Parse(await File.ReadAllTextAsync(path, Cancellation))!;
        result["name"] = hostile;
        result["currency"] = hostile;
        result["bots"]![0]!["name"] = hostile;
        result["bots"]![0]!["state"] = hostile;
        result["instruments"]![0]!["instrument"] = hostile;
        result["data"]![0]!["generated_by"] = hostile;
        result["configuration"]!["note"] = hostile;
        await File.WriteAllTextAsync(path, result.ToJsonString(), Cancellation);
        var chartPath = Path.Combine(folder, "chart.json");
        var chart = JsonNode.Parse(await File.ReadAllTextAsync(chartPath, Cancellation))!;
        chart["instruments"]![0]!["instrument"] = hostile;
        await File.WriteAllTextAsync(chartPath, chart.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Cancellation);
        ResultSums.Write(folder);
        ReportPage.Write(folder, Page);

        await using var browser = await Browser.Open(Page, 1440, dark: false, Cancellation);

        Complaints(browser).ShouldBeEmpty();
        Requests(browser).Count.ShouldBe(1);
        (await browser.Evaluate("document.querySelectorAll('img').length", Cancellation))!.GetValue<int>().ShouldBe(0);
        (await browser.Evaluate("document.title", Cancellation))!.GetValue<string>().ShouldStartWith(hostile);
        (await browser.Evaluate("document.querySelector('h1').textContent", Cancellation))!.GetValue<string>().ShouldBe(hostile);
    }

    /// <summary>The random run with the most fills, stretched over months.</summary>
    private void WriteLongestRun()
    {
        var setup = Stretched.Of(60).Where(setup => setup.Bots[0].Lanes[0].Candles.Interval.Milliseconds > 3_600_000)
            .MaxBy(setup => new BacktestRun(setup, Engine.Plain).Finish().Entries.Count)!;
        ResultFolder.WriteTo(folder, SmallRun.Description(), setup, new BacktestRun(setup, Engine.Auto).Finish());
    }

    /// <summary>Presses everything that can be pressed.</summary>
    private static async Task Use(Browser browser)
    {
        await browser.Evaluate("document.querySelectorAll('button, input, summary').forEach(each => each.click())", Cancellation);
        await browser.Frame(Cancellation);
        await browser.Evaluate("document.getElementById('canvas').dispatchEvent(new PointerEvent('pointermove', { clientX: 200, clientY: 500 }))", Cancellation);
        await browser.Frame(Cancellation);
    }

    private static List<string> Complaints(Browser browser) =>
        [.. browser.Events.Where(each => $"{each["method"]}" is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded").Select(each => each.ToJsonString())];

    private static List<string> Requests(Browser browser) =>
        [.. browser.Events.Where(each => $"{each["method"]}" == "Network.requestWillBeSent").Select(each => $"{each["params"]!["request"]!["url"]}")];

    private static async Task<string> Image(Browser browser) => (await browser.Evaluate("document.getElementById('canvas').toDataURL()", Cancellation))!.GetValue<string>();

    private static async Task<int> Colors(Browser browser) => (await browser.Evaluate(
        "(() => { const c = document.getElementById('canvas'); const p = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer); return new Set(p).size; })()",
        Cancellation))!.GetValue<int>();

    private static JsonNode? At(JsonNode result, string path) =>
        path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')
            .Aggregate(result, (node, key) => int.TryParse(key, out var index) ? node[index]! : node[key]!);

    /// <summary>Whether a text is the value rounded to the digits that it shows; durations are words and pass.</summary>
    private static bool Rounds(string text, JsonNode? exact, string path)
    {
        if (exact is null)
        {
            return text == "–";
        }

        if (path.EndsWith("_seconds", StringComparison.Ordinal))
        {
            return text.Length > 0;
        }

        var isShare = text.EndsWith('%');
        var digits = text.TrimEnd('%', ' ').Replace("−", "-", StringComparison.Ordinal);
        var number = double.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture);
        var decimals = digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var value = double.Parse($"{exact}", CultureInfo.InvariantCulture) * (isShare ? 100 : 1);
        return Math.Abs(number - value) <= (0.5001 * Math.Pow(10, -decimals)) + (Math.Abs(value) * 1e-12);
    }
}
