using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Storage.Model;

/// <summary>The model in SQLite: decimals are text, so that no digit is lost.</summary>
public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : TrellisContext(options)
{
    protected override void FitColumn(IMutableProperty property)
    {
        if (property.ClrType == typeof(decimal))
        {
            property.SetColumnType("TEXT");
        }
    }
}
