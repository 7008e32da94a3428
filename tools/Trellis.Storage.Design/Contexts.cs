using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Trellis.Storage.Model;

namespace Trellis.Storage.Design;

/// <summary>Gives <c>dotnet ef</c> a context; nothing is connected to.</summary>
public sealed class SqliteContexts : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteContext>().UseSqlite("Data Source=:memory:").Options);
}

public sealed class PostgresContexts : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql("Host=localhost;Database=none").Options);
}
