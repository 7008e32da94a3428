using System.Globalization;

namespace Trellis.Configuration.Tree;

/// <summary>
/// INI: <c>key = value</c> below <c>[section]</c> headers, whose steps are joined by dots; a number is a place in a list:
/// <c>[bots.0.grid]</c> is <c>bots[0].grid</c>. A section whose keys are 0, 1, 2 and so on is a list of values. Values have no types: what one is depends on what its setting needs.
/// A line that can't be understood is named by its place alone, since it may hold a secret.
/// </summary>
internal sealed class IniReader : IDocumentReader
{
    private const string LineForms = "[section], key = value, or a comment that begins with ; or #";

    public string Name => "INI";

    public IReadOnlyList<string> Extensions { get; } = [".ini"];

    public Node Read(string file, string text, Findings findings)
    {
        var walk = new Walk(file, findings);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            walk.Take(lines[i].TrimEnd('\r'), i + 1);
        }

        IniLists.Form(walk.Root);
        return walk.Root;
    }

    private sealed class Walk(string file, Findings findings)
    {
        private readonly Dictionary<Node, Mark> headers = [];
        private string path = "";

        /// <summary>Where keys go; null below a header that was wrong, whose keys are passed over.</summary>
        private MappingNode? section;

        public MappingNode Root { get; } = new(Mark.InFile(file, 1, 1));

        public void Take(string line, int number)
        {
            section ??= number == 1 ? Root : null;
            var start = line.Length - line.AsSpan().TrimStart().Length;
            var content = line.AsSpan(start).TrimEnd();
            if (content.IsEmpty || content[0] is ';' or '#')
            {
                return;
            }

            var mark = Mark.InFile(file, number, start + 1);
            if (content[0] == '[')
            {
                Open(content, mark);
            }
            else
            {
                Add(line, start, number, mark);
            }
        }

        private void Open(ReadOnlySpan<char> content, Mark mark)
        {
            section = null;
            var end = content.IndexOf(']');
            var rest = end < 0 ? [] : content[(end + 1)..].TrimStart();
            if (end < 0 || !(rest.IsEmpty || rest[0] is ';' or '#'))
            {
                findings.Add(mark, "", end < 0 ? "the line has no ] at its end" : "the line goes on behind its ]", allowed: LineForms);
                return;
            }

            var steps = content[1..end].ToString().Split('.', StringSplitOptions.TrimEntries);
            if (steps.Contains(""))
            {
                findings.Add(mark, "", "has an empty step", Display.Quote(content.ToString()), "steps joined by dots, such as [bots.0.grid]");
                return;
            }

            if (steps.Length > Limits.Depth)
            {
                findings.Add(mark, "", $"nested deeper than {Limits.Depth} levels");
                return;
            }

            if (Find(steps, mark) is not MappingNode found)
            {
                return;
            }

            if (!headers.TryAdd(found, mark))
            {
                findings.Add(mark, path, $"is opened twice; the first is at {headers[found]}", allowed: "each section once");
                return;
            }

            section = found;
        }

        /// <summary>The section of a header, made where it is new; null with a problem.</summary>
        private Node? Find(string[] steps, Mark mark)
        {
            Node node = Root;
            path = "";
            for (var at = 0; at < steps.Length; at++)
            {
                var inner = at == steps.Length - 1 ? "" : steps[at + 1];
                switch (node)
                {
                    case MappingNode mapping:
                        path = Paths.Key(path, steps[at]);
                        if (mapping.Find(steps[at]) is not { } entry)
                        {
                            entry = new Entry(steps[at], mark, IsIndex(inner) ? new SequenceNode(mark) : new MappingNode(mark));
                            mapping.Set(entry);
                        }

                        node = entry.Value;
                        break;
                    case SequenceNode sequence when Index(steps[at], sequence.Items.Count) is { } index:
                        path = Paths.Item(path, index);
                        if (index == sequence.Items.Count)
                        {
                            sequence.Items.Add(IsIndex(inner) ? new SequenceNode(mark) : new MappingNode(mark));
                        }

                        node = sequence.Items[index];
                        break;
                    case SequenceNode sequence:
                        findings.Add(mark, path, "is not a place in this list", Display.Quote(steps[at]), sequence.Items.Count == 0 ? "0 for its first entry" : $"0 to {sequence.Items.Count - 1} for one that is there, {sequence.Items.Count} for the next");
                        return null;
                    default:
                        findings.Add(mark, path, $"is a single value, so it has no {Display.Quote(steps[at])} inside");
                        return null;
                }
            }

            if (node is not MappingNode)
            {
                findings.Add(mark, path, node is SequenceNode ? "is a list" : "is a single value", allowed: node is SequenceNode ? "a section for each entry, such as [bots.0]" : "a section of keys, or one value");
                return null;
            }

            return node;
        }

        private void Add(string line, int start, int number, Mark mark)
        {
            var equals = line.IndexOf('=', start);
            var key = equals < 0 ? "" : line[start..equals].TrimEnd();
            if (key.Length == 0)
            {
                findings.Add(mark, path, equals < 0 ? "the line has no =" : "the line has no key in front of its =", allowed: LineForms);
                return;
            }

            var behind = equals + 1;
            behind += line.AsSpan(behind).Length - line.AsSpan(behind).TrimStart().Length;
            var value = Value(line.AsSpan(behind).TrimEnd(), Mark.InFile(file, number, behind + 1), Paths.Key(path, key));
            if (section is not null && !section.TryAdd(new Entry(key, mark, value)))
            {
                findings.Add(mark, Paths.Key(path, key), $"is written twice; the first is at {section.Find(key)!.KeyMark}", allowed: "each key once");
            }
        }

        private Node Value(ReadOnlySpan<char> text, Mark mark, string keyPath)
        {
            if (!text.IsEmpty && text[0] == '"')
            {
                if (IniScalars.Unquote(text, out var rest) is { } quoted && (rest.IsEmpty || rest[0] is ';' or '#'))
                {
                    return new ScalarNode(mark, ScalarKind.Text, quoted);
                }

                findings.Add(mark, keyPath, "is not one quoted text", allowed: "text between two \", with \\\" \\\\ \\n \\t or \\u0000 to \\uFFFF inside");
                return new BrokenNode(mark);
            }

            var plain = IniScalars.WithoutComment(text);
            return plain switch
            {
                "" => new ScalarNode(mark, ScalarKind.Null, ""),
                "[]" => new SequenceNode(mark),
                "{}" => new MappingNode(mark),
                _ => new ScalarNode(mark, ScalarKind.Untyped, plain.ToString()),
            };
        }

        private static bool IsIndex(string step) => step.Length > 0 && char.IsAsciiDigit(step[0]);

        private static int? Index(string step, int count) =>
            int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= count ? index : null;
    }
}
