using Trellis.Storage.Databases;

namespace Trellis.Storage.Schema;

/// <summary>
/// A migration as SQL. Entity Framework made it from the model (<c>tools/Trellis.Storage.Design</c>), a test holds it against the model, and it is carried out
/// without Entity Framework: building its model takes a start longer, and more memory, than everything else of a bot.
/// </summary>
/// <param name="Id">As the database's history of migrations keeps it.</param>
/// <param name="Statements">In order; the last one enters it in the history.</param>
internal sealed record MigrationScript(string Id, IReadOnlyList<string> Statements)
{
    private const string Extension = ".sql";
    private const string EndOfStatement = ";\n\n";

    /// <summary>All of a database, oldest first.</summary>
    /// <param name="folder">Which of <c>Migrations/Scripts</c>: <see cref="IDatabase.Scripts"/>.</param>
    public static IReadOnlyList<MigrationScript> Of(string folder)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var prefix = $"migrations/{folder}/";
        List<MigrationScript> scripts = [];
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add(new MigrationScript(name[prefix.Length..^Extension.Length], Split(reader.ReadToEnd())));
        }

        return scripts;
    }

    private static List<string> Split(string text) =>
        [.. text.ReplaceLineEndings("\n").Split(EndOfStatement, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
