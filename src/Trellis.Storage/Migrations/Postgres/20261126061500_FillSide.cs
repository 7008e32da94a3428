using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Storage.Migrations.Postgres;

/// <inheritdoc />
public partial class FillSide : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropPrimaryKey(name: "PK_fills", table: "fills");

        migrationBuilder.AddPrimaryKey(name: "PK_fills", table: "fills", columns: ["account", "instrument", "trade_id", "side"]);
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropPrimaryKey(name: "PK_fills", table: "fills");

        migrationBuilder.AddPrimaryKey(name: "PK_fills", table: "fills", columns: ["account", "instrument", "trade_id"]);
    }
}
