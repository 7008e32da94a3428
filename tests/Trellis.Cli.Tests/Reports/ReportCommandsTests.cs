using System.Text.Json.Nodes;

namespace Trellis.Cli.Tests.Reports;

public sealed class ReportCommandsTests : IDisposable
{
    private const string MadeUp = """
        account: { balance: 10000 }
        backtest: { interval: 15m }
        instruments:
          - symbol: BTCUSDT
            exchange: binance
            market: perp
            generate: { model: mean_reversion, seed: 7, start_price: 60000, from: 2024-01-01, days: 40 }
        bots:
          - name: btc-grid
            instrument: BTCUSDT
            grid: { direction: long, spacing_percent: 0.5, levels: 10, investment: 6000 }
        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_report_made_again_is_that_of_the_backtest_to_the_byte()
    {
        await Backtest("first");
        var path = Path.Combine(line.PathOf("first"), "report.html");
        var written = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        (await line.Run("report", line.PathOf("first"))).ExitCode.ShouldBe(0);
        (await line.Run("report", line.PathOf("first"), "--out", line.PathOf("other.html"))).Output.ShouldContain("other.html");

        File.ReadAllBytes(path).ShouldBe(written);
        File.ReadAllBytes(line.PathOf("other.html")).ShouldBe(written);
        Directory.GetFiles(line.PathOf("first")).Length.ShouldBe(6);
    }

    [Fact]
    public async Task The_page_refers_to_nothing_outside()
    {
        await Backtest("first");

        var page = File.ReadAllText(Path.Combine(line.PathOf("first"), "report.html"));
        page.ShouldContain("default-src &#39;none&#39;");
        page.ShouldNotContain("://");
        page.ShouldNotContain(" src=");
        page.ShouldNotContain("<link");
        page.ShouldNotContain("url(");
        page.ShouldContain("Generated, not a real market.");
    }

    public static TheoryData<string, string?, int, string> Broken => new()
    {
        { "result.json", null, 3, "is not a whole result: result.json is missing" },
        { "fills.csv", null, 3, "is not a whole result: fills.csv is missing" },
        { "chart.json", null, 3, "is not a whole result: chart.json is missing" },
        { "result.json", "{ \"schema_version\": 1", 3, "is damaged: it is no JSON from line" },
        { "result.json", "{ \"a\": 1 }", 3, "is not a result of Trellis" },
        { "result.json", "{ \"program\": {}, \"schema_version\": 9 }", 3, "has schema_version 9; this version of Trellis reads 1" },
        { "result.json", "{ \"program\": {}, \"schema_version\": 1 }", 3, "is not as the backtest wrote it" },
        { "equity.csv", "time\n", 3, "equity.csv is not as the backtest wrote it" },
        { "SHA256SUMS", null, 3, "is not a whole result: SHA256SUMS is missing" },
        { "SHA256SUMS", "none\n", 3, "'none' is no checksum" },
        { "fills.csv", "", 3, "is empty, or no regular file" },
        { "fills.csv", "a,b\n", 3, "line 1: the columns are not those of fills.csv" },
        { "chart.json", "[]", 3, "'fills_sha256' is missing" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_folder_that_is_no_whole_result_is_a_data_error_that_names_the_file(string file, string? content, int exitCode, string message)
    {
        await Backtest("broken");
        var path = Path.Combine(line.PathOf("broken"), file);
        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        var (code, _, error) = await line.Run("report", line.PathOf("broken"), "--out", line.PathOf("page.html"));

        error.ShouldContain(message);
        error.ShouldNotContain("defect");
        code.ShouldBe(exitCode);
        File.Exists(line.PathOf("page.html")).ShouldBeFalse();
    }

    [Fact]
    public async Task Fills_that_were_cut_or_changed_are_noticed()
    {
        await Backtest("cut");
        var path = Path.Combine(line.PathOf("cut"), "fills.csv");
        var rows = File.ReadAllLines(path);
        File.WriteAllLines(path, rows[..^1]);
        (await line.Run("report", line.PathOf("cut"))).Error.ShouldContain("its fills are not those of result.json");
        File.WriteAllText(path, string.Join('\n', rows[..^1]) + "\n" + rows[^1][..20]);

        var (exitCode, _, error) = await line.Run("report", line.PathOf("cut"));

        exitCode.ShouldBe(3);
        error.ShouldContain($"line {rows.Length}: 1 columns, expected 20");
    }

    [Theory]
    [InlineData("prices", "AAAA", "'instruments[0].prices' has another number of values")]
    [InlineData("prices", "??", "'instruments[0].prices' is damaged")]
    [InlineData("missing", "AA==", "'instruments[0].missing' has another number of values")]
    public async Task A_chart_that_was_cut_is_noticed(string column, string content, string message)
    {
        await Backtest("chart");
        var path = Path.Combine(line.PathOf("chart"), "chart.json");
        var chart = JsonNode.Parse(File.ReadAllText(path))!;
        chart["instruments"]![0]![column] = content;
        File.WriteAllText(path, chart.ToJsonString());

        var (exitCode, _, error) = await line.Run("report", line.PathOf("chart"));

        exitCode.ShouldBe(3);
        error.ShouldContain(message);
    }

    [Fact]
    public async Task A_number_that_was_made_a_text_is_told_with_its_place()
    {
        await Backtest("odd");
        var path = Path.Combine(line.PathOf("odd"), "result.json");
        var result = JsonNode.Parse(File.ReadAllText(path))!;
        result["metrics"]!["sharpe"] = "much";
        result["configuration"] = "none";
        File.WriteAllText(path, result.ToJsonString());
        (await line.Run("report", line.PathOf("odd"))).Error.ShouldContain("result.json is not as the backtest wrote it");

        // Whoever makes the checksums fit is told what does not.
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        var sums = line.PathOf(Path.Combine("odd", "SHA256SUMS"));
        File.WriteAllLines(sums, File.ReadAllLines(sums).Select(each => each.EndsWith("result.json", StringComparison.Ordinal) ? $"{sum}  result.json" : each));
        var (exitCode, _, error) = await line.Run("report", line.PathOf("odd"));

        exitCode.ShouldBe(3);
        error.ShouldContain("'metrics.sharpe' is \"much\", expected a number");
    }

    [Theory]
    [InlineData("report kept --out kept/result.json")]
    [InlineData("report kept --out bot.yaml")]
    [InlineData("compare kept kept --out kept/fills.csv")]
    public async Task A_page_replaces_nothing_but_pages(string arguments)
    {
        await Backtest("kept");
        var before = Directory.GetFiles(line.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);

        var (exitCode, _, error) = await line.Run([.. arguments.Split(' ').Select(word => word.Contains("kept", StringComparison.Ordinal) || word == "bot.yaml" ? line.PathOf(word) : word)]);

        exitCode.ShouldBe(2);
        error.ShouldContain("exists and is no page of Trellis; choose another file");
        foreach (var (file, text) in before)
        {
            File.ReadAllText(file).ShouldBe(text);
        }

        (await line.Run("report", line.PathOf("kept"), "--out", line.PathOf("kept/report.html"))).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_comparison_says_that_data_are_generated()
    {
        await Backtest("made");
        (await line.Run("compare", line.PathOf("made"), line.PathOf("made"))).Output.ShouldContain("A is GENERATED, not a real market");
    }

    [Theory]
    [InlineData("does not exist", "report", "nowhere")]
    [InlineData("is a file", "report", "bot.yaml")]
    [InlineData("does not exist", "compare", "nowhere", "nowhere")]
    [InlineData("is a folder", "report", "first", "--out", "first")]
    [InlineData("does not exist", "report", "first", "--out", "none/page.html")]
    public async Task A_place_that_is_not_there_is_a_usage_error(string message, params string[] arguments)
    {
        await Backtest("first");

        var (exitCode, _, error) = await line.Run([.. arguments.Select((argument, index) => index == 0 || argument.StartsWith('-') ? argument : line.PathOf(argument))]);

        error.ShouldContain(message);
        exitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Equal_runs_are_fair_to_compare_and_do_not_differ()
    {
        await Backtest("first");
        await Backtest("second");

        var (exitCode, output, error) = await line.Run("compare", line.PathOf("first"), line.PathOf("second"));

        error.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        output.ShouldContain("The settings are the same.");
        output.ShouldContain("Fair to compare");
    }

    [Fact]
    public async Task A_comparison_names_the_settings_that_differ_and_why_it_is_not_fair()
    {
        await Backtest("first");
        await Backtest("second", MadeUp.Replace("levels: 10", "levels: 12", StringComparison.Ordinal).Replace("seed: 7", "seed: 8", StringComparison.Ordinal).Replace("10000 }", "12000 }", StringComparison.Ordinal));

        var (exitCode, output, _) = await line.Run("compare", line.PathOf("first"), line.PathOf("second"), "--out", line.PathOf("compare.html"));

        exitCode.ShouldBe(0);
        output.ShouldContain("bots[0].grid.levels");
        output.ShouldContain("NOT fair to compare:");
        output.ShouldContain("start balance: 10000 in A, 12000 in B");
        output.ShouldContain("binance/perp/BTCUSDT has other candles in B");
        output.ShouldContain("Sharpe");
        var page = File.ReadAllText(line.PathOf("compare.html"));
        page.ShouldContain("Not fair to compare.");
        page.ShouldContain("bots[0].grid.levels");
    }

    [Theory]
    [InlineData("report")]
    [InlineData("compare")]
    public async Task Help_has_an_example(string command) => (await line.Run(command, "--help")).Output.ShouldContain($"Example: trellis {command} ");

    private async Task Backtest(string folder, string configuration = MadeUp) =>
        (await line.Run("backtest", line.Configuration(configuration), "--out", line.PathOf(folder))).ExitCode.ShouldBe(0);
}
