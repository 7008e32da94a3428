using System.Text;
using Trellis.Configuration.Tree;
using Trellis.Configuration.Writing;
using Trellis.Core.Options;

namespace Trellis.Configuration.Tests.Binding;

public sealed class SecretTests
{
    private const string Secret = "hunter2hunter2";

    [Theory]
    [InlineData("api_key: " + Secret)]
    [InlineData("api_key: [" + Secret + "]")]
    [InlineData("api_key: !x " + Secret)]
    [InlineData("api_key: \"" + Secret)]
    [InlineData("api_kye: " + Secret)]
    [InlineData("pin: " + Secret)]
    [InlineData("api_key: " + Secret + "\napi_key: " + Secret)]
    [InlineData("pin: 5\napi_key: {x: " + Secret + "}")]
    public void A_secret_is_never_in_a_message(string yaml)
    {
        var findings = new Findings();
        ConfigurationLoader.Bind<Keys>("k.yaml", Encoding.UTF8.GetBytes(yaml), Samples.NoEnvironment, findings);
        findings.Problems.ShouldNotBeEmpty();
        findings.Problems.ShouldAllBe(problem => !problem.ToString().Contains("hunter", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_from_the_environment_is_not_shown_either()
    {
        var findings = new Findings();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TRELLIS__PIN"] = Secret };
        ConfigurationLoader.Bind<Keys>("k.yaml", "api_key: abc"u8, environment, findings);
        findings.Problems.ShouldHaveSingleItem().ToString().ShouldBe("environment variable TRELLIS__PIN: pin: (a secret, not shown) is not a number; allowed: a whole number");
    }

    [Fact]
    public void A_secret_is_saved_only_when_asked_for()
    {
        var keys = new Keys { ApiKey = "abc" };
        DocumentWriter.ToYaml(keys, revealSecrets: false).ShouldNotContain("abc");
        DocumentWriter.ToJson(keys, revealSecrets: false).ShouldNotContain("abc");
        DocumentWriter.ToYaml(keys, revealSecrets: true).ShouldBe("api_key: abc\n");
    }

    private sealed record Keys
    {
        [Secret]
        [Pattern("^[a-z]{3}$", "three letters")]
        public required string ApiKey { get; init; }

        [Secret]
        public int? Pin { get; init; }
    }
}
