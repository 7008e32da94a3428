using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trellis.Configuration.Tree;

/// <summary>
/// YAML 1.2 with its core schema, without anchors, aliases and tags: a setting stands where it is written.
/// </summary>
internal sealed class YamlReader : IDocumentReader
{
    public string Name => "YAML";

    public IReadOnlyList<string> Extensions { get; } = [".yaml", ".yml"];

    public Node? Read(string file, string text, Findings findings)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var walk = new Walk(file, new Parser(scanner), findings);
        try
        {
            return walk.Document();
        }
        catch (YamlException error)
        {
            findings.Add(Mark.InFile(file, error.Start.Line, error.Start.Column), "", $"not valid YAML: {Display.Clean(error.Message)}");
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or OverflowException or FormatException)
        {
            // The scanner lets these out for some texts that end too early; the place it has reached is the best there is.
            findings.Add(Mark.InFile(file, scanner.CurrentPosition.Line, scanner.CurrentPosition.Column), "", "not valid YAML: the text can't be read beyond this place", allowed: "closed quotes, brackets and braces");
            return null;
        }
    }

    private sealed class Walk(string file, Parser parser, Findings findings)
    {
        private bool tooDeep;

        public Node? Document()
        {
            var start = Next();
            while (start is StreamStart)
            {
                start = Next();
            }

            if (start is not DocumentStart)
            {
                findings.Add(Mark.InFile(file, 1, 1), "", "the document is empty", allowed: "a configuration; 'trellis config init' writes one to start from");
                return null;
            }

            var root = Read(Next(), "", 1);
            if (tooDeep)
            {
                return null;
            }

            var rest = Next();
            while (rest is DocumentEnd)
            {
                rest = Next();
            }

            if (rest is not (null or StreamEnd))
            {
                findings.Add(At(rest), "", "a second document starts here", allowed: "one document per file");
                return null;
            }

            return root;
        }

        private ParsingEvent? Next() => parser.MoveNext() ? parser.Current : null;

        private Mark At(ParsingEvent? place) => Mark.InFile(file, place?.Start.Line ?? 1, place?.Start.Column ?? 1);

        private Node Read(ParsingEvent? start, string path, int depth)
        {
            var mark = At(start);
            if (depth > Limits.Depth)
            {
                findings.Add(mark, "", $"nested deeper than {Limits.Depth} levels");
                tooDeep = true;
                return new BrokenNode(mark);
            }

            Node node = start switch
            {
                Scalar scalar => YamlScalars.Resolve(mark, scalar),
                SequenceStart => Sequence(mark, path, depth),
                MappingStart => Mapping(mark, path, depth),
                _ => new BrokenNode(mark),
            };
            if (start is AnchorAlias)
            {
                findings.Add(mark, path, "is an alias (*)", allowed: "the value itself, written out");
            }
            else if (start is NodeEvent { Anchor.IsEmpty: false })
            {
                findings.Add(mark, path, "has an anchor (&)", allowed: "the value alone; anchors and aliases are not supported");
            }
            else if (start is NodeEvent { Tag.IsEmpty: false })
            {
                findings.Add(mark, path, "has a tag (!)", allowed: "the value alone; what it means follows from its key");
                return new BrokenNode(mark);
            }

            return node;
        }

        private SequenceNode Sequence(Mark mark, string path, int depth)
        {
            var sequence = new SequenceNode(mark);
            for (var next = Next(); next is not (null or SequenceEnd) && !tooDeep; next = tooDeep ? null : Next())
            {
                sequence.Items.Add(Read(next, Paths.Item(path, sequence.Items.Count), depth + 1));
            }

            return sequence;
        }

        private MappingNode Mapping(Mark mark, string path, int depth)
        {
            var mapping = new MappingNode(mark);
            for (var next = Next(); next is not (null or MappingEnd) && !tooDeep; next = tooDeep ? null : Next())
            {
                if (next is not Scalar key)
                {
                    findings.Add(At(next), path, "a key here is not plain text", allowed: "key: value");
                    Read(next, path, depth + 1);
                    Skip(path, depth);
                    continue;
                }

                var keyMark = At(key);
                var keyPath = Paths.Key(path, key.Value);
                if (!key.Anchor.IsEmpty || !key.Tag.IsEmpty)
                {
                    findings.Add(keyMark, keyPath, "the key has an anchor or a tag", allowed: "the key alone");
                }

                var entry = new Entry(key.Value, keyMark, Read(Next(), keyPath, depth + 1));
                if (!mapping.TryAdd(entry))
                {
                    findings.Add(keyMark, keyPath, $"is written twice; the first is at {mapping.Find(key.Value)!.KeyMark}", allowed: "each key once");
                }
            }

            return mapping;
        }

        private void Skip(string path, int depth)
        {
            if (!tooDeep)
            {
                Read(Next(), path, depth + 1);
            }
        }
    }
}
