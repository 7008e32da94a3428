using Trellis.Configuration.Checks;
using Trellis.Configuration.Model;
using Trellis.Core;

namespace Trellis.Configuration.Tests;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trellis-config-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_loaded_and_its_relative_paths_are_found_beside_it()
    {
        var path = Path.Combine(folder, "a.yml");
        File.WriteAllText(path, Samples.Yaml);
        var loaded = new ConfigurationLoader().Load(path, Samples.NoEnvironment);
        loaded.Document.Account.Balance.ShouldBe(10000m);
        loaded.Locate("x/y.csv").ShouldBe(Path.Combine(folder, "x/y.csv"));
    }

    [Fact]
    public void A_missing_file_a_directory_and_an_unknown_format_are_configuration_errors()
    {
        Message(Path.Combine(folder, "no.yaml")).ShouldContain("no.yaml: does not exist");
        Message(folder).ShouldEndWith("is a directory; allowed: a configuration file");
        File.WriteAllText(Path.Combine(folder, "a.toml"), "");
        Message(Path.Combine(folder, "a.toml")).ShouldEndWith("has no known format; allowed: a file that ends in .yaml, .yml, .json, .ini");
    }

    [Fact]
    public void Problems_come_as_a_list_and_as_lines()
    {
        var path = Path.Combine(folder, "a.yaml");
        File.WriteAllText(path, Samples.With("balance: 10000", "balance: 0", Samples.With("grids: 40", "grids: 0")));
        var error = Should.Throw<ConfigurationException>(() => new ConfigurationLoader().Load(path, Samples.NoEnvironment));
        error.ExitCode.ShouldBe(2);
        error.Problems.Select(problem => problem.Path).ShouldBe(["account.balance", "bots[0].grid.grids"]);
        error.Message.Split('\n').ShouldBe(error.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_check_from_outside_is_asked_once_the_document_is_sound_and_its_problems_get_a_place()
    {
        Samples.Problems(Samples.Yaml, check: new TooSmall()).ShouldBe(["c.yaml:14:19: bots[0].grid.investment: 5000 is too small", "c.yaml:11:7: bots[0].grid.leverage: is odd"]);
        Samples.Problems(Samples.With("grids: 40", "grids: 0"), check: new TooSmall()).ShouldHaveSingleItem().ShouldContain("grids");
    }

    private static string Message(string path) => Should.Throw<ConfigurationException>(() => new ConfigurationLoader().Load(path, Samples.NoEnvironment)).Message;

    private sealed class TooSmall : IDocumentCheck
    {
        public IEnumerable<ConfigurationProblem> Check(Document document) =>
        [
            new ConfigurationProblem { Path = "bots[0].grid.investment", Value = "5000", Rule = "is too small" },
            new ConfigurationProblem { Path = "bots[0].grid.leverage", Rule = "is odd" },
        ];
    }
}
