using Trellis.Core.Markets;
using Trellis.Data.Store;

namespace Trellis.Cli.Tests.Data;

public sealed class DataCommandsTests : IDisposable
{
    private readonly CommandLine line = new();

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "data list --store {folder}/none", 3, "none: there is no such folder; 'trellis data import' makes one" },
        { "data list --store {empty}", 2, "--store is empty; allowed: a folder, or leave it out" },
        { "data list --store {folder}/file", 2, "is a file; allowed: a folder" },
        { "data import {folder} --exchange binance --market perp --symbol BTCUSDT --interval 1m --store {folder}/store", 3, ": is a folder; name the files in it" },
        { "data import {folder}/no.csv --exchange binance --market perp --symbol BTCUSDT --interval 1m --store {folder}/store", 3, "no.csv: there is no such file; nothing was imported" },
        { "data generate --seed 1 --from 1999-01-01 --store {folder}/store", 2, "generator: from is 1999-01-01" },
        { "data generate --seed 1 --days many --store {folder}/store", 2, "'many' is not a whole number, as --days needs." },
        { "config check {empty}", 2, "configuration: has an empty path; allowed: the path of a configuration file" },
        { "config init --out {empty}", 2, "--out is empty; allowed: the name of a file" },
        { "config init --out {folder}", 2, "is a folder; allowed: the name of a file" },
    };

    public void Dispose() => line.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_and_has_its_exit_code(string arguments, int exitCode, string message)
    {
        await File.WriteAllTextAsync(line.PathOf("file"), "", TestContext.Current.CancellationToken);
        var (code, _, error) = await line.Run([.. arguments.Split(' ').Select(word => word.Replace("{folder}", line.Folder, StringComparison.Ordinal).Replace("{empty}", "", StringComparison.Ordinal))]);

        error.ShouldContain(message);
        code.ShouldBe(exitCode);
        Directory.Exists(line.PathOf("store")).ShouldBeFalse();
    }

    [Fact]
    public async Task Generated_candles_are_replaced_only_when_asked()
    {
        (await Generate(seed: 1)).ExitCode.ShouldBe(0);
        var first = Fingerprint();

        (await Generate(seed: 1)).ExitCode.ShouldBe(0);
        var (code, _, error) = await Generate(seed: 2);
        code.ShouldBe(3);
        error.ShouldContain("holds other generated candles");
        error.ShouldContain("Add --replace");
        Fingerprint().ShouldBe(first);

        (await Generate(seed: 2, "--replace")).ExitCode.ShouldBe(0);
        Fingerprint().ShouldNotBe(first, StringComparer.Ordinal);
    }

    private string Fingerprint()
    {
        using var candles = new CandleStore(line.PathOf("store")).Open(new InstrumentId("generated", MarketKind.Spot, "TEST"), Interval.Parse("1h"));
        return candles.Series.Fingerprint;
    }

    private Task<(int ExitCode, string Output, string Error)> Generate(int seed, params string[] more) =>
        line.Run(["data", "generate", "--seed", $"{seed}", "--interval", "1h", "--days", "2", "--exchange", "generated", "--symbol", "TEST", "--store", line.PathOf("store"), .. more]);
}
