using System.Text;
using Trellis.Configuration.Tree;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests;

/// <summary>Whatever stands in a file, the answer is a document or problems that say where and what.</summary>
public sealed class FuzzTests
{
    private const int Cases = 3_000;

    private static readonly string[] Pieces =
    [
        ":", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a", "*a", "!!int ", "|", ">", "%YAML 1.1\n", "---", "...", "\n", "\t", "  ", "? ", ",", "\\u0000", "\\ud800", "null", "~",
        "yes", "-1", "1e999999999", "99999999999999999999999999999999", ".inf", "0x10", "1_000", "%", "2024-02-30", "9999-12-31", "0001-01-01", "ä", "\U0001F600", "<<: *a\n", "//", "/*", "\0", "@", "`", ";", "=", "[bots.0]", "\\u00", " # ",
    ];

    [Theory]
    [InlineData("c.yaml", 1)]
    [InlineData("c.json", 2)]
    [InlineData("c.ini", 6)]
    public void Changed_bytes_never_crash(string file, int seed)
    {
        var random = new Random(seed);
        var original = Encoding.UTF8.GetBytes(Original(file));
        for (var i = 0; i < Cases; i++)
        {
            var bytes = original.ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                        break;
                    case 2:
                        bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                        break;
                    case 3:
                        bytes.InsertRange(at, bytes.GetRange(random.Next((bytes.Count / 2) + 1), random.Next((bytes.Count / 2) + 1)));
                        break;
                    default:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                }

                if (bytes.Count == 0)
                {
                    break;
                }
            }

            Judge(file, [.. bytes]);
        }
    }

    [Theory]
    [InlineData("c.yaml", 3)]
    [InlineData("c.json", 4)]
    [InlineData("c.ini", 7)]
    public void Changed_structure_never_crashes(string file, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            var findings = new Findings();
            var root = (MappingNode)new YamlReader().Read("c.yaml", Samples.FullYaml.Replace(" .5", " 0.5", StringComparison.Ordinal), findings)!;
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                Mutate(root, random);
            }

            Judge(file, Encoding.UTF8.GetBytes(file switch { "c.json" => JsonText.Write(root), "c.ini" => IniText.Write(root), _ => YamlText.Write(root) }));
        }
    }

    [Fact]
    public void Variables_of_any_name_and_value_never_crash()
    {
        string[] steps = ["ACCOUNT", "BALANCE", "BOTS", "INSTRUMENTS", "0", "1", "2", "99999999999", "-1", "GRID", "LOWER", "NAME", "SYMBOL", "RULES", "GENERATE", "FROM", "X", "", "_", "Ä"];
        var random = new Random(5);
        for (var i = 0; i < Cases; i++)
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var count = random.Next(1, 5); count > 0; count--)
            {
                environment["TRELLIS__" + string.Join("__", random.GetItems(steps, random.Next(1, 6)))] = random.Next(3) == 0 ? "5" : Pieces[random.Next(Pieces.Length)];
            }

            Samples.Problems(Samples.FullYaml, environment: environment)
                .Where(problem => !problem.StartsWith("environment variable TRELLIS__", StringComparison.Ordinal) && !problem.StartsWith("c.yaml:", StringComparison.Ordinal))
                .ShouldBeEmpty();
        }
    }

    private static string Original(string file) => file == "c.yaml" ? Samples.FullYaml : DocumentWriter.To(file[2..], Samples.Load(Samples.FullYaml));

    private static void Judge(string file, byte[] bytes)
    {
        var findings = new Findings();
        var loaded = new ConfigurationLoader().Load(file, bytes, Samples.NoEnvironment, findings);
        (loaded is null).ShouldBe(findings.Problems.Count > 0);
        foreach (var problem in findings.Problems)
        {
            problem.Source.ShouldMatch(@"^c\.(yaml|json|ini):[1-9]\d*:[1-9]\d*$");
            problem.Rule.ShouldNotBeNullOrWhiteSpace();
            problem.ToString().ShouldNotContain('\n');
        }
    }

    private static void Mutate(Node node, Random random)
    {
        switch (node)
        {
            case MappingNode { Entries.Count: > 0 } mapping:
                var entry = mapping.Entries[random.Next(mapping.Entries.Count)];
                if (random.Next(3) > 0 && entry.Value is not ScalarNode)
                {
                    Mutate(entry.Value, random);
                }
                else if (random.Next(4) == 0)
                {
                    mapping.Entries.Remove(entry);
                }
                else
                {
                    mapping.Entries[mapping.Entries.IndexOf(entry)] = random.Next(4) == 0 ? entry with { Key = entry.Key + "x" } : entry with { Value = Any(random, entry.Value) };
                }

                break;
            case SequenceNode { Items.Count: > 0 } sequence:
                var at = random.Next(sequence.Items.Count);
                if (random.Next(3) > 0)
                {
                    Mutate(sequence.Items[at], random);
                }
                else if (random.Next(2) == 0)
                {
                    sequence.Items.Add(sequence.Items[at]);
                }
                else
                {
                    sequence.Items[at] = Any(random, sequence.Items[at]);
                }

                break;
        }
    }

    private static Node Any(Random random, Node old) => random.Next(12) switch
    {
        0 => new MappingNode(default),
        1 => new SequenceNode(default) { Items = { old } },
        2 => new ScalarNode(default, ScalarKind.Null, "null"),
        3 => new ScalarNode(default, ScalarKind.Boolean, "true"),
        4 => new ScalarNode(default, ScalarKind.Number, "-1"),
        5 => new ScalarNode(default, ScalarKind.Number, "79228162514264337593543950335"),
        6 => new ScalarNode(default, ScalarKind.Number, "1e-28"),
        7 => new ScalarNode(default, ScalarKind.Text, "9999-12-31T23:59:59.9999999Z"),
        8 => new ScalarNode(default, ScalarKind.Text, "0001-01-01"),
        9 => new ScalarNode(default, ScalarKind.Text, Pieces[random.Next(Pieces.Length)]),
        10 => new ScalarNode(default, ScalarKind.Text, new string('x', random.Next(200))),
        _ => new ScalarNode(default, ScalarKind.Number, random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };
}
