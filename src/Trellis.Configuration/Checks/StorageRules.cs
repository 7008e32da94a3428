namespace Trellis.Configuration.Checks;

/// <summary>The journal is kept in one place.</summary>
internal sealed class StorageRules : IRule
{
    public void Judge(CheckContext context)
    {
        if (context.Sound("storage", "path", "connection") && context.Document.Storage is { Path: not null, Connection: not null })
        {
            context.Add("storage", "has path and connection", allowed: "path for a SQLite file, or connection for a PostgreSQL database");
        }
    }
}
