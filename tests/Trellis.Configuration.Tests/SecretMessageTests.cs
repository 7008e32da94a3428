using System.Text;
using Trellis.Configuration.Tree;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests;

/// <summary>However a document is broken, no message shows what stands in the place of a secret.</summary>
public sealed class SecretMessageTests
{
    private const int Cases = 2_000;

    private static readonly string[] Pieces = [":", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a ", "!x ", "|", ">", "\n", "  ", "? ", ",", "\\ud800", "null", "- ", ";", "=", "[bots.0]", "5", "\0", "ä", "exchange", "api_secret"];

    [Theory]
    [InlineData("yaml", "api_secret: ", "api_secret:")]
    [InlineData("yaml", "  api_secret: ", "  api_secert: ")]
    [InlineData("yaml", "api_secret: ", "")]
    [InlineData("yaml", "api_secret: ", "api_secret: !x ")]
    [InlineData("yaml", "api_secret: ", "api_secret: \"")]
    [InlineData("yaml", "api_secret: ", "api_secret: ä")]
    [InlineData("yaml", "api_secret: ", "api_secret: 5\n  api_secret: ")]
    [InlineData("yaml", "  type: binance\n  environment: testnet\n  account: main\n  api_key: Key-hunter2hunter2\n  api_secret: hunter2hunter2\n  poll_only: false\n", "  {type: binance, api_secret:hunter2hunter2}\n#")]
    [InlineData("yaml", "  type: binance\n  environment: testnet\n  account: main\n  api_key: Key-hunter2hunter2\n  api_secret: hunter2hunter2\n  poll_only: false\n", "  {type: binance, hunter2hunter2}\n#")]
    [InlineData("yaml", "account: main\n  api_key: Key-hunter2hunter2", "account: 'main\n  api_key: Key-hunter2hunter2'")]
    [InlineData("yaml", "storage:\n  connection: ", "storage:\n  conection: ")]
    [InlineData("yaml", "storage:\n  connection: ", "storage:\n  path: 5\n  connection: ")]
    [InlineData("yaml", "storage:\n  connection: ", "storage: ")]
    [InlineData("yaml", "storage:\n  connection: \"Host=localhost;Password=hunter2hunter2\"", "storage: {connection:Password=hunter2hunter2}")]
    [InlineData("json", "\"api_secret\": \"", "\"api_secret\": ")]
    [InlineData("json", "\"api_secret\": \"", "\"api_secret: ")]
    [InlineData("json", "\"api_secret\": \"", "\"api_secret\" \"")]
    [InlineData("json", "\"api_secret\": \"", "\"api_secret\": \"\\ud800")]
    [InlineData("json", "\"api_secret\": \"", "\"")]
    [InlineData("ini", "api_secret = ", "api_secret ")]
    [InlineData("ini", "api_secret = ", "api_secret: ")]
    [InlineData("ini", "api_secret = ", "= ")]
    [InlineData("ini", "api_secret = ", "")]
    [InlineData("ini", "main\napi_key = ", "main api_key = ")]
    [InlineData("ini", "main\napi_key = ", "mainapi_key=")]
    [InlineData("ini", "api_secret = ", "api_secret = \"")]
    [InlineData("ini", "api_secret = ", "api_secret = \"x\" ")]
    [InlineData("ini", "api_secret = ", "[api_secret] ")]
    [InlineData("ini", "api_secret = ", "[api_secret ")]
    [InlineData("ini", "api_secret = ", "api_secret = ä")]
    [InlineData("ini", "connection = Host=", "connection Host=")]
    [InlineData("ini", "connection = Host=localhost;", "connection ")]
    public void A_slip_of_the_pen_does_not_show_it(string format, string from, string to)
    {
        var text = Samples.With(from, to, Original(format));

        text.ShouldContain(Samples.Secret);
        var problems = Samples.Problems(text, $"c.{format}");
        problems.ShouldNotBeEmpty();
        problems.ShouldAllBe(problem => !problem.Contains("hunter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TRELLIS__EXCHANGE__API_SECRET", "")]
    [InlineData("TRELLIS__EXCHANGE__API_SECERT", "")]
    [InlineData("TRELLIS__EXCHANGE__API_SECRET__X", "")]
    [InlineData("TRELLIS__EXCHANGE", "")]
    [InlineData("TRELLIS__EXCHANGE__API_SECRET", "ä")]
    [InlineData("TRELLIS__EXCHANGE__API_SECRET", "\n")]
    [InlineData("TRELLIS__STORAGE__CONNECTION", "\n")]
    public void A_variable_that_does_not_fit_does_not_show_it(string name, string end)
    {
        var problems = Samples.Problems(Samples.Yaml, environment: new Dictionary<string, string>(StringComparer.Ordinal) { [name] = Samples.Secret + end });

        problems.ShouldNotBeEmpty();
        problems.ShouldAllBe(problem => !problem.Contains("hunter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("yaml", 11)]
    [InlineData("json", 12)]
    [InlineData("ini", 13)]
    public void Changed_text_around_it_does_not_show_it(string format, int seed)
    {
        var random = new Random(seed);
        var original = Original(format);
        var seen = 0;
        for (var i = 0; i < Cases; i++)
        {
            var text = new StringBuilder(original);
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                Change(text, random);
            }

            if (Problems(format, text.ToString()) is { Length: > 0 } problems)
            {
                seen++;
                problems.ShouldAllBe(problem => !problem.Contains("hunter", StringComparison.Ordinal), text.ToString());
            }
        }

        seen.ShouldBeGreaterThan(Cases / 2);
    }

    private static string Original(string format) => DocumentWriter.To(format, Samples.Load(Samples.LiveYaml), revealSecrets: true);

    /// <summary>A piece put in or a few characters taken away, but not within a secret: half of one is none.</summary>
    private static void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        if (random.Next(2) == 0)
        {
            if (!IsWithinSecret(text.ToString(), at))
            {
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
            }

            return;
        }

        var count = Math.Min(random.Next(1, 4), text.Length - at);
        if (!Enumerable.Range(at, count).Any(place => IsWithinSecret(text.ToString(), place)))
        {
            text.Remove(at, count);
        }
    }

    private static bool IsWithinSecret(string text, int at)
    {
        for (var start = text.IndexOf(Samples.Secret, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Samples.Secret, start + 1, StringComparison.Ordinal))
        {
            if (at > start && at < start + Samples.Secret.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Problems(string format, string text)
    {
        var findings = new Findings();
        new ConfigurationLoader().Load($"c.{format}", Encoding.UTF8.GetBytes(text), Samples.NoEnvironment, findings);
        return [.. findings.Problems.Select(problem => problem.ToString())];
    }
}
