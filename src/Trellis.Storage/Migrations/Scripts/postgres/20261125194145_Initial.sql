CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL,
    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
);

CREATE TABLE accounts (
    account text NOT NULL,
    installation text NOT NULL,
    epoch bigint NOT NULL,
    last_sequence bigint NOT NULL,
    opened_at bigint NOT NULL,
    CONSTRAINT "PK_accounts" PRIMARY KEY (account)
);

CREATE TABLE alerts (
    account text NOT NULL,
    sequence bigint NOT NULL,
    number integer NOT NULL,
    level text NOT NULL,
    code text NOT NULL,
    bot text NOT NULL,
    text text NOT NULL,
    time bigint NOT NULL,
    CONSTRAINT "PK_alerts" PRIMARY KEY (account, sequence, number)
);

CREATE TABLE bots (
    account text NOT NULL,
    bot text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    sequence bigint NOT NULL,
    time bigint NOT NULL,
    CONSTRAINT "PK_bots" PRIMARY KEY (account, bot)
);

CREATE TABLE fills (
    account text NOT NULL,
    instrument text NOT NULL,
    trade_id text NOT NULL,
    bot text NOT NULL,
    slot text NOT NULL,
    client_order_id text NOT NULL,
    venue_order_id text NOT NULL,
    side text NOT NULL,
    position_side text NOT NULL,
    price numeric NOT NULL,
    quantity numeric NOT NULL,
    fee numeric NOT NULL,
    fee_currency text NOT NULL,
    realized numeric NOT NULL,
    is_maker boolean NOT NULL,
    time bigint NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT "PK_fills" PRIMARY KEY (account, instrument, trade_id)
);

CREATE TABLE inputs (
    account text NOT NULL,
    sequence bigint NOT NULL,
    time bigint NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    effects_hash text NOT NULL,
    CONSTRAINT "PK_inputs" PRIMARY KEY (account, sequence)
);

CREATE TABLE orders (
    account text NOT NULL,
    client_order_id text NOT NULL,
    bot text NOT NULL,
    instrument text NOT NULL,
    lane integer NOT NULL,
    slot integer NOT NULL,
    cycle integer NOT NULL,
    side text NOT NULL,
    position_side text NOT NULL,
    kind text NOT NULL,
    price numeric NOT NULL,
    trigger_price numeric NOT NULL,
    quantity numeric NOT NULL,
    booked_quantity numeric NOT NULL,
    state text NOT NULL,
    venue_order_id text NOT NULL,
    reason text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT "PK_orders" PRIMARY KEY (account, client_order_id)
);

CREATE TABLE postings (
    account text NOT NULL,
    sequence bigint NOT NULL,
    entry integer NOT NULL,
    posting integer NOT NULL,
    ledger_account text NOT NULL,
    currency text NOT NULL,
    bot text NOT NULL,
    instrument text NOT NULL,
    position_side text NOT NULL,
    amount numeric NOT NULL,
    text text NOT NULL,
    reference text NOT NULL,
    time bigint NOT NULL,
    CONSTRAINT "PK_postings" PRIMARY KEY (account, sequence, entry, posting)
);

CREATE TABLE snapshots (
    account text NOT NULL,
    sequence bigint NOT NULL,
    payload text NOT NULL,
    time bigint NOT NULL,
    CONSTRAINT "PK_snapshots" PRIMARY KEY (account, sequence)
);

CREATE INDEX "IX_fills_account_bot_time" ON fills (account, bot, time);

CREATE INDEX "IX_orders_account_state" ON orders (account, state);

CREATE INDEX "IX_postings_account_bot_ledger_account" ON postings (account, bot, ledger_account);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125194145_Initial', '10.0.14');
