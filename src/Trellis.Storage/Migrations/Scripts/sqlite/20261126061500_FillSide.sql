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

INSERT INTO "fills_by_side" SELECT * FROM "fills";

DROP TABLE "fills";

ALTER TABLE "fills_by_side" RENAME TO "fills";

CREATE INDEX "IX_fills_account_bot_time" ON "fills" ("account", "bot", "time");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261126061500_FillSide', '10.0.14');
