using System.Text.Json.Nodes;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests.Writing;

public sealed class HeldSecretsTests
{
    [Fact]
    public void Each_secret_is_named_with_the_variable_that_can_give_it() => HeldSecrets.Of(Samples.Load(Samples.LiveYaml)).ShouldBe([
        new HeldSecret("exchange.api_key", "TRELLIS__EXCHANGE__API_KEY"),
        new HeldSecret("exchange.api_secret", "TRELLIS__EXCHANGE__API_SECRET"),
        new HeldSecret("storage.connection", "TRELLIS__STORAGE__CONNECTION"),
    ]);

    [Fact]
    public void A_document_without_secrets_holds_none() => HeldSecrets.Of(Samples.Load(Samples.FullYaml)).ShouldBeEmpty();

    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    [InlineData("ini")]
    public void Saving_with_secrets_and_loading_gives_an_equal_document(string format)
    {
        var document = Samples.Load(Samples.LiveYaml);

        Samples.Load(DocumentWriter.To(format, document, revealSecrets: true), $"c.{format}").ShouldBeEquivalentTo(document);
        DocumentWriter.To(format, document).ShouldNotContain(Samples.Secret);
    }

    [Fact]
    public void The_text_of_a_record_shows_none() => Samples.Load(Samples.LiveYaml).ToString().ShouldNotContain(Samples.Secret);

    [Theory]
    [InlineData("exchange", "api_key")]
    [InlineData("exchange", "api_secret")]
    [InlineData("storage", "connection")]
    public void The_schema_marks_each(string section, string key) =>
        JsonNode.Parse(JsonSchema.Write())!["properties"]![section]!["properties"]![key]!["writeOnly"]!.GetValue<bool>().ShouldBeTrue();
}
