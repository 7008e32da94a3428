using System.Diagnostics.CodeAnalysis;
using System.Text;
using Trellis.Configuration.Binding;
using Trellis.Configuration.Checks;
using Trellis.Configuration.Model;
using Trellis.Configuration.Tree;
using Trellis.Core;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Configuration;

/// <summary>
/// Loads a document: file → tree → environment overrides → records → checks. Everything that is wrong is found in one pass.
/// </summary>
/// <param name="checks">Rules from outside, asked once the document is sound in itself.</param>
public sealed class ConfigurationLoader(params IReadOnlyList<IDocumentCheck> checks)
{
    private static readonly IRule[] Rules =
    [
        new BacktestRules(),
        new InstrumentRulesCheck(InstrumentCatalogue.Default),
        new BotRules(),
        new GridRules(InstrumentCatalogue.Default),
        new DcaRules(InstrumentCatalogue.Default),
        new ExchangeRules(),
        new LiveMarketRules(InstrumentCatalogue.Default),
        new StorageRules(),
    ];

    /// <summary>The signals that a document can name.</summary>
    public SignalRegistry Signals { get; init; } = SignalRegistry.BuiltIn();

    /// <summary>Loads a YAML or JSON file, told apart by its extension.</summary>
    /// <param name="path">The file; messages name it as it is given here.</param>
    /// <param name="environment">Environment variables; those that begin with <c>TRELLIS__</c> override settings.</param>
    /// <exception cref="ConfigurationException">The document has problems, all of them in <see cref="ConfigurationException.Problems"/>.</exception>
    public LoadedConfiguration Load(string path, IReadOnlyDictionary<string, string> environment) =>
        TryLoad(path, environment, out var loaded, out var problems) ? loaded : throw new ConfigurationException(problems);

    /// <summary>Loads a document that is not in a file, without the environment.</summary>
    /// <param name="name">What messages call it; its extension tells the format.</param>
    /// <param name="text">The document.</param>
    /// <exception cref="ConfigurationException">The document has problems, all of them in <see cref="ConfigurationException.Problems"/>.</exception>
    public LoadedConfiguration LoadText(string name, string text)
    {
        var findings = new Findings();
        return Load(name, Encoding.UTF8.GetBytes(text), new Dictionary<string, string>(StringComparer.Ordinal), findings) ?? throw new ConfigurationException(findings.Problems);
    }

    /// <summary>As <see cref="Load(string, IReadOnlyDictionary{string, string})"/>, with the problems instead of an exception.</summary>
    public bool TryLoad(
        string path,
        IReadOnlyDictionary<string, string> environment,
        [NotNullWhen(true)] out LoadedConfiguration? loaded,
        out IReadOnlyList<ConfigurationProblem> problems)
    {
        var findings = new Findings();
        loaded = ReadFile(path, findings) is { } bytes ? Load(path, bytes, environment, findings) : null;
        problems = findings.Problems;
        return loaded is not null;
    }

    /// <summary>The same for a document that is not in a file of its own.</summary>
    internal LoadedConfiguration? Load(string path, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> environment, Findings findings)
    {
        if (Bind<Document>(path, bytes, environment, findings) is not ({ } document, { } sources))
        {
            return null;
        }

        // Without these two there is nothing to hold the rest against.
        if (document.Instruments is not null && document.Bots is not null)
        {
            var context = new CheckContext(document, findings, sources);
            foreach (var rule in Rules.Append(new SignalRules(Signals, InstrumentCatalogue.Default)))
            {
                rule.Judge(context);
            }

            foreach (var problem in findings.Problems.Count == 0 ? checks.SelectMany(check => check.Check(document)) : [])
            {
                context.Add(problem);
            }
        }

        return findings.Problems.Count == 0 ? new LoadedConfiguration(document, sources, path) : null;
    }

    internal static (T? Document, SourceMap? Sources) Bind<T>(string path, ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> environment, Findings findings)
        where T : class
    {
        if (DocumentFormats.For(path) is not { } reader)
        {
            findings.Add(new Mark(path), "", "has no known format", allowed: $"a file that ends in {DocumentFormats.Allowed}");
            return default;
        }

        if (DocumentText.Decode(path, bytes, findings) is not { } text || reader.Read(path, text, findings) is not { } root)
        {
            return default;
        }

        var overrides = EnvironmentOverrides.Apply(root, environment, findings);
        return (new Binder(findings).Bind<T>(root), new SourceMap(root, overrides));
    }

    private static byte[]? ReadFile(string path, Findings findings)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(path))
            {
                findings.Add(new Mark("configuration"), "", "has an empty path", allowed: "the path of a configuration file");
                return null;
            }

            if (Directory.Exists(path))
            {
                findings.Add(new Mark(path), "", "is a directory", allowed: "a configuration file");
                return null;
            }

            using var file = File.OpenRead(path);
            var bytes = new byte[Limits.Bytes + 1];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            findings.Add(new Mark(path), "", "does not exist", allowed: "a configuration file; 'trellis config init --out FILE' writes one to start from");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            findings.Add(new Mark(path), "", $"can't be read: {Display.Clean(error.Message)}");
        }

        return null;
    }
}
