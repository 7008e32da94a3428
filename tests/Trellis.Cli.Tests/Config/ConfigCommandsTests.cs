using System.CommandLine;
using Trellis.Cli.Config;
using Trellis.Core;

namespace Trellis.Cli.Tests.Config;

public sealed class ConfigCommandsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trellis-cli-config-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_init_writes_passes_check()
    {
        var path = Path.Combine(folder, "new.yaml");
        Run("init", "--template", "grid", "--out", path).ShouldBe($"wrote {path}{Environment.NewLine}");
        Run("check", path).ShouldStartWith($"{path} is valid");
    }

    [Theory]
    [InlineData("new.ini")]
    [InlineData("new.json")]
    [InlineData("new.yml")]
    public void A_configuration_goes_through_every_format_and_means_the_same(string name)
    {
        var (original, other) = (Path.Combine(folder, "new.yaml"), Path.Combine(folder, name));
        Run("init", "--out", original);
        Run("convert", original, "--out", other);
        Run("check", other).ShouldStartWith($"{other} is valid");
        Run("convert", other).ShouldBe(Run("convert", original));
        Run("init", "--out", other, "--force");
        Run("convert", other, "--to", "json").ShouldBe(Run("convert", original, "--to", "json"));
    }

    [Fact]
    public void Init_replaces_a_file_only_with_force()
    {
        var path = Path.Combine(folder, "mine.yaml");
        File.WriteAllText(path, "mine");
        Should.Throw<ConfigurationException>(() => Run("init", "--out", path)).Message.ShouldBe($"{path} exists already; choose another name, or add --force to replace it");
        File.ReadAllText(path).ShouldBe("mine");
        Run("init", "--out", path, "--force");
        File.ReadAllText(path).ShouldBe(Run("init"));
    }

    [Fact]
    public void Init_into_a_folder_that_is_not_there_is_a_configuration_error() =>
        Should.Throw<ConfigurationException>(() => Run("init", "--out", Path.Combine(folder, "no", "x.yaml"))).Message.ShouldContain("can't be written");

    [Theory]
    [InlineData("new.ini")]
    [InlineData("new.json")]
    public void Convert_carries_secrets_over_and_warns_once_without_showing_them(string name)
    {
        var (original, other) = (Path.Combine(folder, "secret.yaml"), Path.Combine(folder, name));
        File.WriteAllText(original, Run("init") + "\nexchange: {api_key: abc, api_secret: hunter2}\n");
        Run("convert", original, "--out", other);
        Run("convert", other).ShouldBe(Run("convert", original));
        Run("convert", original).ShouldContain("  api_secret: hunter2\n");
        Errors("convert", other).ShouldBe($"warning: {other} holds secrets (exchange.api_key, exchange.api_secret), and so does what is written; "
            + $"better take them out and set TRELLIS__EXCHANGE__API_KEY, TRELLIS__EXCHANGE__API_SECRET in the environment{Environment.NewLine}");
    }

    [Fact]
    public void Convert_has_nothing_to_warn_of_where_there_are_no_secrets()
    {
        var path = Path.Combine(folder, "new.yaml");
        Run("init", "--out", path);
        Errors("convert", path).ShouldBeEmpty();
    }

    [Fact]
    public void Schema_prints_JSON() => Run("schema").ShouldStartWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");

    [Fact]
    public void Check_reports_every_problem()
    {
        var path = Path.Combine(folder, "broken.yaml");
        File.WriteAllText(path, Run("init").Replace("balance: 10000", "balance: -1", StringComparison.Ordinal).Replace("grids: 40", "grids: 0", StringComparison.Ordinal));
        var error = Should.Throw<ConfigurationException>(() => Run("check", path));
        error.Problems.Count.ShouldBe(2);
        error.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Every_command_has_an_example_in_its_help() =>
        ConfigCommands.Create().Subcommands.ShouldAllBe(command => command.Description!.Contains("Example: trellis config " + command.Name, StringComparison.Ordinal));

    private static string Run(params string[] arguments) => Invoke(arguments).Output;

    private static string Errors(params string[] arguments) => Invoke(arguments).Error;

    private static (string Output, string Error) Invoke(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        ConfigCommands.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }).ShouldBe(0);
        return (output.ToString(), error.ToString());
    }
}
