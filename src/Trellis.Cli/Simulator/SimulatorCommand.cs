using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using Trellis.Simulator;

namespace Trellis.Cli.Simulator;

/// <summary><c>trellis exchange-sim</c>: an exchange on this machine that clients of the real one can trade on.</summary>
internal static class SimulatorCommand
{
    private const string Help = """
        Run an exchange on this machine that speaks Binance USDⓈ-M futures over REST and WebSocket: a matching engine with accounts,
        margin and funding, on generated or replayed markets, at any speed. No order leaves this machine. docs/simulator.md says how
        to point a client at it.

        Examples:
          trellis exchange-sim
          trellis exchange-sim --port 8790 --key K --secret S --balance USDT=50000 --instrument BTCUSDT,ETHUSDT
          trellis exchange-sim --data BTCUSDT-1m-2024-01.zip --speed 60x --fill-rule candle
          trellis exchange-sim --state exchange.state --record wire.jsonl --faults faults.json
        """;

    /// <param name="time">The time of day that the simulator lives in.</param>
    public static Command Create(TimeProvider time)
    {
        var options = new SimulatorCommandOptions();
        var command = new Command("exchange-sim", Help);
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parse, cancellation) =>
        {
            var wanted = options.Read(parse, NewToken);
            var readyFile = ReadyFile.Prepare(parse.GetValue(options.ReadyFile));
            if (!IPAddress.IsLoopback(wanted.EndPoint.Address))
            {
                parse.InvocationConfiguration.Error.WriteLine($"warning: --host {wanted.EndPoint.Address}: other machines can reach this exchange; its keys and its control token are all that protects it, and nothing is encrypted");
            }

            await using var simulator = await ExchangeSimulator.StartAsync(wanted, time, TextWriter.Synchronized(parse.InvocationConfiguration.Error).WriteLine);
            readyFile?.Write(simulator);
            parse.InvocationConfiguration.Output.WriteLine(ReadyLine.Of(simulator));
            await simulator.RunAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
