ALTER TABLE fills DROP CONSTRAINT "PK_fills";

ALTER TABLE fills ADD CONSTRAINT "PK_fills" PRIMARY KEY (account, instrument, trade_id, side);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261126061500_FillSide', '10.0.14');
