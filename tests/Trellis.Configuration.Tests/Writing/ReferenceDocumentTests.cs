using System.Text;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests.Writing;

/// <summary>
/// The table of keys in docs/configuration.md is written from the metadata. With TRELLIS_UPDATE_DOCS=1 in the environment
/// the test writes it, else it demands that it is up to date.
/// </summary>
public sealed class ReferenceDocumentTests
{
    private const string Begin = "<!-- keys: written by ReferenceDocumentTests -->\n";
    private const string End = "<!-- end of keys -->\n";

    [Fact]
    public void The_reference_names_every_key_as_the_program_knows_it()
    {
        var path = Repository.Find("docs/configuration.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var reference = Reference();
        if (Environment.GetEnvironmentVariable("TRELLIS_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..from] + reference + text[to..]);
            return;
        }

        text[from..to].ShouldBe(reference, "run the tests of Trellis.Configuration once with TRELLIS_UPDATE_DOCS=1");
    }

    private static string Reference()
    {
        var text = new StringBuilder();
        Section(text, ShapeReader.Section<Document>(), "");
        return text.ToString();
    }

    private static void Section(StringBuilder text, SectionShape shape, string path)
    {
        text.Append($"\n### {(path.Length == 0 ? "The document" : $"`{path}`")}\n\n{shape.Meaning}\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in shape.Settings)
        {
            text.Append($"| `{setting.Key}` | {Expectations.Kind(setting)} | {Default(setting)} | {setting.Meaning} |\n");
        }

        foreach (var setting in shape.Settings)
        {
            var at = path.Length == 0 ? setting.Key : $"{path}.{setting.Key}";
            switch (setting.Shape)
            {
                case SectionShape section:
                    Section(text, section, at);
                    break;
                case ListShape { Item: SectionShape item }:
                    Section(text, item, at + "[]");
                    break;
            }
        }
    }

    private static string Default(Setting setting) => setting switch
    {
        { IsRequired: true } => "required",
        { Shape: ScalarShape scalar, Default: { } value } => $"`{YamlText.Scalar(scalar.Format.Write(value))}`",
        _ => "",
    };
}
