using System.Globalization;
using Trellis.Bench.Kills;
using Trellis.Core;
using Trellis.Storage.Tests.Databases;

namespace Trellis.Bench.Topics;

/// <summary>The real program, killed again and again at a simulated exchange: nothing may be lost, doubled or orphaned, and its ladder comes back soon.</summary>
internal sealed class KillTopic : ITopic
{
    private const int Usual = 200;
    private const int Quick = 24;

    public string Name => "kill";

    public string Summary => "the real program killed at every named point and at random, on SQLite and PostgreSQL: orders lost, doubled, orphaned; time until the ladder is back";

    public bool IsLong => true;

    public void Run(bool quick, TextWriter output)
    {
        using var interruption = new Interruption();
        RunAsync(Kills(quick ? Quick : Usual), output, interruption.Token).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(int kills, TextWriter output, CancellationToken cancellation)
    {
        var series = new List<KillSeries>();
        var hasPostgres = PostgresServer.IsInstalled;
        if (!hasPostgres)
        {
            output.WriteLine("PostgreSQL is not installed: all kills are on SQLite.");
        }

        try
        {
            series.Add(await KillSeries.RunAsync("SQLite", null, hasPostgres ? kills - (kills / 2) : kills, seed: 1, output, cancellation));
            if (hasPostgres && !cancellation.IsCancellationRequested)
            {
                series.Add(await KillSeries.RunAsync("PostgreSQL", PostgresServer.Shared.CreateDatabase("kills"), kills / 2, seed: 2, output, cancellation));
            }
        }
        finally
        {
            KillReport.Print(series, output);
        }

        cancellation.ThrowIfCancellationRequested();
        if (series.Exists(one => !one.IsClean))
        {
            throw new RunException("kill: something was not as it must be; it is told above");
        }
    }

    private static int Kills(int otherwise) => Environment.GetEnvironmentVariable("TRELLIS_KILLS") is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? number
        : throw new ConfigurationException($"TRELLIS_KILLS is '{text}'; allowed: a whole number from 2 on");
}
