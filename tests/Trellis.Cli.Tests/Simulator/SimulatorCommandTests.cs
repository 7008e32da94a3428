using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Trellis.Cli.Tests.Simulator;

public sealed class SimulatorCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "--exchange kraken", 2, "--exchange 'kraken' is not known; allowed: binance" },
        { "--exchange okx", 2, "--exchange okx is not simulated yet; allowed: binance" },
        { "--default-market spot", 2, "--default-market spot: spot is not simulated yet; allowed: perp" },
        { "--default-market margin", 2, "--default-market 'margin' is not known; allowed: perp" },
        { "--port 70000", 2, "--port 70000 is not a port; allowed: 0 (takes a free one) to 65535" },
        { "--port many", 2, "'many' is not a whole number, as --port needs." },
        { "--host example.org", 2, "--host 'example.org' is not an address" },
        { "--host 1", 2, "--host '1' is not an address" },
        { "--key K", 2, "--key is given once and --secret 0 times; allowed: a --secret for each --key" },
        { "--key K --secret S --key K --secret T", 2, "the key K is there twice" },
        { "--key {empty} --secret S", 2, "--key of account main is not a key" },
        { "--key K --secret {empty}", 2, "--secret of account main is empty" },
        { "--account a:b", 2, "--account has 2 parts between colons; allowed: NAME:KEY:SECRET or NAME:KEY:SECRET:BALANCE" },
        { "--account a!:b:c", 2, "--account: 'a!' is not a name" },
        { "--account a:b:c --account a:d:e", 2, "the account name a is there twice" },
        { "--account a:b:c:lots", 2, "--account: 'lots' is not an amount; allowed: above 0" },
        { "--balance 5", 2, "--balance '5' is not a balance; allowed: USDT=AMOUNT" },
        { "--balance BTC=5", 2, "--balance 'BTC=5' is not a balance" },
        { "--balance USDT=-1", 2, "--balance: '-1' is not an amount" },
        { "--leverage 0", 2, "--leverage 0 is out of range; allowed: 1 to 125" },
        { "--instrument btcusdt", 2, "--instrument 'btcusdt' is not a symbol; allowed: upper case letters and digits" },
        { "--instrument BTCUSD", 2, "BTCUSD" },
        { "--instrument BTCUSDT,BTCUSDT", 2, "BTCUSDT" },
        { "--speed fast", 2, "--speed 'fast' is not a speed; allowed: max, step, or a number" },
        { "--speed -1x", 2, "--speed '-1x' is not a speed" },
        { "--fill-rule magic", 2, "--fill-rule 'magic' is not known; allowed: book, candle" },
        { "--slippage 0.1", 2, "--slippage 0.1 is for --fill-rule candle" },
        { "--history -5", 2, "--history" },
        { "--quiet 100000", 2, "--quiet" },
        { "--from yesterday", 2, "--from 'yesterday' is not a time" },
        { "--data {folder}/none.csv", 3, "none.csv" },
        { "--state {empty}", 2, "--state is empty; allowed: the name of a file" },
        { "--state {folder}", 2, "is a folder; allowed: the name of a file" },
        { "--record {folder}/no/wire.jsonl", 1, "wire.jsonl: can't be written" },
        { "--control-token short", 2, "--control-token is not a token; allowed: 8 to 200" },
        { "--ready-file {folder}", 2, "is a folder; allowed: the name of a file" },
        { "--state {folder}/file", 3, "is not a state file" },
    };

    public void Dispose() => _line.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_and_has_its_exit_code(string arguments, int exitCode, string message)
    {
        await File.WriteAllTextAsync(_line.PathOf("file"), "something else", TestContext.Current.CancellationToken);

        string[] port = arguments.StartsWith("--port", StringComparison.Ordinal) ? [] : ["--port", "0"];
        var (code, output, error) = await _line.Run(["exchange-sim", .. port, .. arguments.Split(' ').Select(word =>
            word.Replace("{folder}", _line.Folder, StringComparison.Ordinal).Replace("{empty}", "", StringComparison.Ordinal))]);

        error.ShouldContain(message);
        code.ShouldBe(exitCode);
        output.ShouldBeEmpty();
        (await File.ReadAllTextAsync(_line.PathOf("file"), TestContext.Current.CancellationToken)).ShouldBe("something else");
    }

    [Fact]
    public async Task A_secret_is_not_repeated_in_a_message()
    {
        var (_, output, error) = await _line.Run("exchange-sim", "--account", "main:key:hunter2:1:2", "--control-token", "hunter3");

        (output + error).ShouldNotContain("hunter");
    }

    [Fact]
    public async Task A_taken_port_ends_with_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, _, error) = await _line.Run("exchange-sim", "--port", $"{port}");

        code.ShouldBe(1);
        error.ShouldContain($"port {port} on 127.0.0.1 is taken");
    }

    [Fact]
    public async Task When_it_is_ready_it_says_in_one_line_what_runs_where()
    {
        await using var program = await SimulatorProcess.StartAsync(_line.PathOf("ready.json"), "--instrument", "BTCUSDT,ETHUSDT", "--speed", "60x", "--key", "K", "--secret", "hunter2", "--control-token", "token-of-the-test");
        using var ready = JsonDocument.Parse(await File.ReadAllTextAsync(_line.PathOf("ready.json"), TestContext.Current.CancellationToken));

        ready.RootElement.GetProperty("port").GetInt32().ShouldBe(program.Port);
        ready.RootElement.GetProperty("pid").GetInt32().ShouldBe(program.Id);
        ready.RootElement.GetProperty("control_token").GetString().ShouldBe("token-of-the-test");
        var code = await program.TerminateAsync();

        code.ShouldBe(143);
        var line = program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        line.ShouldContain($"ready: binance USDⓈ-M futures on http://127.0.0.1:{program.Port}");
        line.ShouldContain("BTCUSDT, ETHUSDT at 60x, fill rule book");
        line.ShouldContain("key K, secret as given");
        line.ShouldContain("control token token-of-the-test");
        (program.Output + program.Error).ShouldNotContain("hunter2");
        program.Error.ShouldNotContain("error");
    }

    [Fact]
    public async Task A_port_open_to_others_is_warned_of()
    {
        await using var program = await SimulatorProcess.StartAsync(_line.PathOf("ready.json"), "--host", "0.0.0.0", "--instrument", "BTCUSDT");
        await program.TerminateAsync();

        program.Error.ShouldContain("warning: --host 0.0.0.0: other machines can reach this exchange");
    }
}
