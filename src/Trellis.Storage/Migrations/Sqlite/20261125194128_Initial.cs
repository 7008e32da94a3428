using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Trellis.Storage.Migrations.Sqlite;

/// <inheritdoc />
public partial class Initial : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "accounts",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                installation = table.Column<string>(type: "TEXT", nullable: false),
                epoch = table.Column<long>(type: "INTEGER", nullable: false),
                last_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                opened_at = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_accounts", x => x.account);
            });

        migrationBuilder.CreateTable(
            name: "alerts",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false),
                number = table.Column<int>(type: "INTEGER", nullable: false),
                level = table.Column<string>(type: "TEXT", nullable: false),
                code = table.Column<string>(type: "TEXT", nullable: false),
                bot = table.Column<string>(type: "TEXT", nullable: false),
                text = table.Column<string>(type: "TEXT", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_alerts", x => new { x.account, x.sequence, x.number });
            });

        migrationBuilder.CreateTable(
            name: "bots",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                bot = table.Column<string>(type: "TEXT", nullable: false),
                state = table.Column<string>(type: "TEXT", nullable: false),
                reason = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_bots", x => new { x.account, x.bot });
            });

        migrationBuilder.CreateTable(
            name: "fills",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                instrument = table.Column<string>(type: "TEXT", nullable: false),
                trade_id = table.Column<string>(type: "TEXT", nullable: false),
                bot = table.Column<string>(type: "TEXT", nullable: false),
                slot = table.Column<string>(type: "TEXT", nullable: false),
                client_order_id = table.Column<string>(type: "TEXT", nullable: false),
                venue_order_id = table.Column<string>(type: "TEXT", nullable: false),
                side = table.Column<string>(type: "TEXT", nullable: false),
                position_side = table.Column<string>(type: "TEXT", nullable: false),
                price = table.Column<decimal>(type: "TEXT", nullable: false),
                quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                fee = table.Column<decimal>(type: "TEXT", nullable: false),
                fee_currency = table.Column<string>(type: "TEXT", nullable: false),
                realized = table.Column<decimal>(type: "TEXT", nullable: false),
                is_maker = table.Column<bool>(type: "INTEGER", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_fills", x => new { x.account, x.instrument, x.trade_id });
            });

        migrationBuilder.CreateTable(
            name: "inputs",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false),
                kind = table.Column<string>(type: "TEXT", nullable: false),
                payload = table.Column<string>(type: "TEXT", nullable: false),
                effects_hash = table.Column<string>(type: "TEXT", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_inputs", x => new { x.account, x.sequence });
            });

        migrationBuilder.CreateTable(
            name: "orders",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                client_order_id = table.Column<string>(type: "TEXT", nullable: false),
                bot = table.Column<string>(type: "TEXT", nullable: false),
                instrument = table.Column<string>(type: "TEXT", nullable: false),
                lane = table.Column<int>(type: "INTEGER", nullable: false),
                slot = table.Column<int>(type: "INTEGER", nullable: false),
                cycle = table.Column<int>(type: "INTEGER", nullable: false),
                side = table.Column<string>(type: "TEXT", nullable: false),
                position_side = table.Column<string>(type: "TEXT", nullable: false),
                kind = table.Column<string>(type: "TEXT", nullable: false),
                price = table.Column<decimal>(type: "TEXT", nullable: false),
                trigger_price = table.Column<decimal>(type: "TEXT", nullable: false),
                quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                booked_quantity = table.Column<decimal>(type: "TEXT", nullable: false),
                state = table.Column<string>(type: "TEXT", nullable: false),
                venue_order_id = table.Column<string>(type: "TEXT", nullable: false),
                reason = table.Column<string>(type: "TEXT", nullable: false),
                created_at = table.Column<long>(type: "INTEGER", nullable: false),
                updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_orders", x => new { x.account, x.client_order_id });
            });

        migrationBuilder.CreateTable(
            name: "postings",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false),
                entry = table.Column<int>(type: "INTEGER", nullable: false),
                posting = table.Column<int>(type: "INTEGER", nullable: false),
                ledger_account = table.Column<string>(type: "TEXT", nullable: false),
                currency = table.Column<string>(type: "TEXT", nullable: false),
                bot = table.Column<string>(type: "TEXT", nullable: false),
                instrument = table.Column<string>(type: "TEXT", nullable: false),
                position_side = table.Column<string>(type: "TEXT", nullable: false),
                amount = table.Column<decimal>(type: "TEXT", nullable: false),
                text = table.Column<string>(type: "TEXT", nullable: false),
                reference = table.Column<string>(type: "TEXT", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_postings", x => new { x.account, x.sequence, x.entry, x.posting });
            });

        migrationBuilder.CreateTable(
            name: "snapshots",
            columns: table => new
            {
                account = table.Column<string>(type: "TEXT", nullable: false),
                sequence = table.Column<long>(type: "INTEGER", nullable: false),
                payload = table.Column<string>(type: "TEXT", nullable: false),
                time = table.Column<long>(type: "INTEGER", nullable: false)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_snapshots", x => new { x.account, x.sequence });
            });

        migrationBuilder.CreateIndex(
            name: "IX_fills_account_bot_time",
            table: "fills",
            columns: new[] { "account", "bot", "time" });

        migrationBuilder.CreateIndex(
            name: "IX_orders_account_state",
            table: "orders",
            columns: new[] { "account", "state" });

        migrationBuilder.CreateIndex(
            name: "IX_postings_account_bot_ledger_account",
            table: "postings",
            columns: new[] { "account", "bot", "ledger_account" });
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(
            name: "accounts");

        migrationBuilder.DropTable(
            name: "alerts");

        migrationBuilder.DropTable(
            name: "bots");

        migrationBuilder.DropTable(
            name: "fills");

        migrationBuilder.DropTable(
            name: "inputs");

        migrationBuilder.DropTable(
            name: "orders");

        migrationBuilder.DropTable(
            name: "postings");

        migrationBuilder.DropTable(
            name: "snapshots");
    }
}
