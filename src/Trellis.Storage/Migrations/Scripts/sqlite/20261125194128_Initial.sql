CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

CREATE TABLE "accounts" (
    "account" TEXT NOT NULL CONSTRAINT "PK_accounts" PRIMARY KEY,
    "installation" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "last_sequence" INTEGER NOT NULL,
    "opened_at" INTEGER NOT NULL
);

CREATE TABLE "alerts" (
    "account" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "time" INTEGER NOT NULL,
    CONSTRAINT "PK_alerts" PRIMARY KEY ("account", "sequence", "number")
);

CREATE TABLE "bots" (
    "account" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "time" INTEGER NOT NULL,
    CONSTRAINT "PK_bots" PRIMARY KEY ("account", "bot")
);

CREATE TABLE "fills" (
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
    CONSTRAINT "PK_fills" PRIMARY KEY ("account", "instrument", "trade_id")
);

CREATE TABLE "inputs" (
    "account" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "time" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "effects_hash" TEXT NOT NULL,
    CONSTRAINT "PK_inputs" PRIMARY KEY ("account", "sequence")
);

CREATE TABLE "orders" (
    "account" TEXT NOT NULL,
    "client_order_id" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "lane" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "position_side" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "price" TEXT NOT NULL,
    "trigger_price" TEXT NOT NULL,
    "quantity" TEXT NOT NULL,
    "booked_quantity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "venue_order_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "PK_orders" PRIMARY KEY ("account", "client_order_id")
);

CREATE TABLE "postings" (
    "account" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "entry" INTEGER NOT NULL,
    "posting" INTEGER NOT NULL,
    "ledger_account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "position_side" TEXT NOT NULL,
    "amount" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "time" INTEGER NOT NULL,
    CONSTRAINT "PK_postings" PRIMARY KEY ("account", "sequence", "entry", "posting")
);

CREATE TABLE "snapshots" (
    "account" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "payload" TEXT NOT NULL,
    "time" INTEGER NOT NULL,
    CONSTRAINT "PK_snapshots" PRIMARY KEY ("account", "sequence")
);

CREATE INDEX "IX_fills_account_bot_time" ON "fills" ("account", "bot", "time");

CREATE INDEX "IX_orders_account_state" ON "orders" ("account", "state");

CREATE INDEX "IX_postings_account_bot_ledger_account" ON "postings" ("account", "bot", "ledger_account");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125194128_Initial', '10.0.14');
