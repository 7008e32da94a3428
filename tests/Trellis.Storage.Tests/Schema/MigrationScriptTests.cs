using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Trellis.Storage.Design;
using Trellis.Storage.Model;
using Trellis.Storage.Schema;
using Trellis.Storage.Tests.Databases;

namespace Trellis.Storage.Tests.Schema;

/// <summary>The SQL that changes a schema says the same as the model.</summary>
public sealed class MigrationScriptTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public void Each_script_is_what_the_migration_makes(DatabaseKind kind)
    {
        using var context = Context(kind, connection: null);
        var scripts = MigrationScript.Of(kind == DatabaseKind.Sqlite ? "sqlite" : "postgres");
        var ids = context.Database.GetMigrations().ToList();

        scripts.Select(script => script.Id).ShouldBe(ids);
        var before = Migration.InitialDatabase;
        foreach (var script in scripts)
        {
            string.Join(";\n\n", script.Statements).ShouldBe(MigrationSql.Of(context, before, script.Id).TrimEnd());
            before = script.Id;
        }
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public void The_migrations_end_at_the_model(DatabaseKind kind)
    {
        using var context = Context(kind, connection: null);

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_model_reads_what_the_scripts_made(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (await database.Store().OpenAsync("binance/testnet/main", TestContext.Current.CancellationToken))
        {
        }

        await using var context = Context(kind, database.ConnectionText);
        (await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await context.Accounts.SingleAsync(TestContext.Current.CancellationToken)).Epoch.ShouldBe(1);
        (await context.Orders.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_database_of_the_first_schema_keeps_its_fills_when_it_is_brought_up(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        var first = MigrationScript.Of(kind == DatabaseKind.Sqlite ? "sqlite" : "postgres")[0];
        await using (var connection = database.Connect())
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            foreach (var statement in (IEnumerable<string>)[.. first.Statements, $"INSERT INTO fills VALUES ('a', 'i', 't1', 'grid', 's', 'c', 'v', 'Buy', 'Net', '1.50', '2', '0', 'USDT', '0', {(kind == DatabaseKind.Sqlite ? "1" : "true")}, 7, 8)"])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = statement;
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }

        await using (await database.Store().OpenAsync("binance/testnet/main", TestContext.Current.CancellationToken))
        {
        }

        await using var context = Context(kind, database.ConnectionText);
        var kept = await context.Fills.SingleAsync(TestContext.Current.CancellationToken);
        (kept.TradeId, kept.Side, kept.Price, kept.IsMaker, kept.Time, kept.Sequence).ShouldBe(("t1", "Buy", 1.5m, true, 7L, 8L));
    }

    private static TrellisContext Context(DatabaseKind kind, string? connection) => kind == DatabaseKind.Sqlite
        ? new SqliteContext(new DbContextOptionsBuilder<SqliteContext>().UseSqlite($"Data Source={connection ?? ":memory:"};Pooling=false").Options)
        : new PostgresContext(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connection ?? "Host=localhost;Database=none").Options);
}
