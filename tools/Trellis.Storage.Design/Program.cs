using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Trellis.Storage.Design;

// Writes each migration as SQL, which is what the program carries out.
if (args is not [var folder])
{
    Console.Error.WriteLine("usage: dotnet run --project tools/Trellis.Storage.Design -- src/Trellis.Storage/Migrations/Scripts");
    return 2;
}

Write("sqlite", new SqliteContexts().CreateDbContext([]));
Write("postgres", new PostgresContexts().CreateDbContext([]));
return 0;

void Write(string database, DbContext context)
{
    var before = Migration.InitialDatabase;
    foreach (var id in context.Database.GetMigrations())
    {
        File.WriteAllText(Path.Combine(folder, database, id + ".sql"), MigrationSql.Of(context, before, id));
        before = id;
    }
}
