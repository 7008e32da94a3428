using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Trellis.Storage.Design;

/// <summary>A migration as the statements that Entity Framework would send, its entry in the history included.</summary>
internal static class MigrationSql
{
    /// <param name="context">Of the database that the SQL is for; nothing is connected to.</param>
    /// <param name="before">The migration before it, or <see cref="Migration.InitialDatabase"/>.</param>
    /// <param name="id">Which.</param>
    /// <returns>Statements, each followed by <c>;</c> and an empty line; without a transaction of their own.</returns>
    public static string Of(DbContext context, string before, string id) =>
        context.GetService<IMigrator>().GenerateScript(before, id, MigrationsSqlGenerationOptions.Script | MigrationsSqlGenerationOptions.NoTransactions).ReplaceLineEndings("\n").Trim('\uFEFF').TrimEnd() + "\n";
}
