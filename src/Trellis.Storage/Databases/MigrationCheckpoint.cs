using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Trellis.Storage.Databases;

/// <summary>Names the instant behind each command of a migration, so that tests can end the process in the middle of one.</summary>
internal sealed class MigrationCheckpoint(Action<string> checkpoint) : DbCommandInterceptor
{
    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        checkpoint("during-migration");
        return base.NonQueryExecutedAsync(command, eventData, result, cancellationToken);
    }
}
