using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Storage.Model;

/// <summary>The model in PostgreSQL: decimals are numeric without a limit, so that no digit is lost.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : TrellisContext(options)
{
    protected override void FitColumn(IMutableProperty property)
    {
        if (property.ClrType == typeof(decimal))
        {
            property.SetColumnType("numeric");
        }
    }
}
