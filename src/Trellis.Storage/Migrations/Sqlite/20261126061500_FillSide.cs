using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Storage.Migrations.Sqlite;

/// <summary>Written by hand: SQLite can't change a key, and what Entity Framework does instead can't be one transaction.</summary>
public partial class FillSide : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE "fills_by_side" (
                "account" TEXT NOT NULL,
                "instrument" TEXT NOT NULL,
                "trade_id" TEXT NOT NULL,
                "bot" TEXT NOT NULL,
                "slot" TEXT NOT NULL,
                "client_order_id" TEXT NOT NULL,
                "venue_order_id" TEXT NOT NULL,
                "side" TEXT NOT NULL,
                "position_side" TEXT NOT NULL,
                "price" TEXT NOT NULL,
                "quantity" TEXT NOT NULL,
                "fee" TEXT NOT NULL,
                "fee_currency" TEXT NOT NULL,
                "realized" TEXT NOT NULL,
                "is_maker" INTEGER NOT NULL,
                "time" INTEGER NOT NULL,
                "sequence" INTEGER NOT NULL,
                CONSTRAINT "PK_fills" PRIMARY KEY ("account", "instrument", "trade_id", "side")
            );
            """);

        migrationBuilder.Sql("""
            INSERT INTO "fills_by_side" SELECT * FROM "fills";
            """);

        migrationBuilder.Sql("""
            DROP TABLE "fills";
            """);

        migrationBuilder.Sql("""
            ALTER TABLE "fills_by_side" RENAME TO "fills";
            """);

        migrationBuilder.Sql("""
            CREATE INDEX "IX_fills_account_bot_time" ON "fills" ("account", "bot", "time");
            """);
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => throw new System.NotSupportedException("two fills of one trade could not both be kept");
}
