using System.Data.Common;
using Trellis.Engine.Journal;
using Trellis.Storage.Journals;
using Trellis.Storage.Tests.Databases;

namespace Trellis.Storage.Tests.Journals;

public sealed class SqlJournalTests
{
    public static TheoryData<DatabaseKind> Databases => [.. Enum.GetValues<DatabaseKind>()];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_was_committed_is_read_back_by_the_next_opening(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (var journal = await Open(database))
        {
            for (var sequence = 1L; sequence <= 50; sequence++)
            {
                journal.Append(sequence % 2 == 0 ? Items.Quote(sequence) : Items.Fill(sequence));
            }

            await journal.CommittedAsync(50);
            journal.CommittedSequence.ShouldBe(50);
        }

        await using var again = await Open(database);
        again.Identity.LastSequence.ShouldBe(50);
        var inputs = await Read(again, 0);
        inputs.Select(input => input.Sequence).ShouldBe(Enumerable.Range(1, 50).Select(number => (long)number));
        inputs[1].Input.ShouldBe(Items.Quote(2).Input);
        inputs[0].Input.ShouldBe(Items.Fill(1).Input);
        inputs[0].EffectsHash.ShouldBe(EffectsHash.Of(Items.Fill(1).Effects));
        (await Read(again, 48)).Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Where_two_bots_trade_with_one_another_both_fills_of_the_one_trade_are_kept(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (var journal = await Open(database))
        {
            journal.Append(Items.Fill(1));
            journal.Append(Items.OtherSide(Items.Fill(1), 2));
            await journal.CommittedAsync(2);
        }

        await using var connection = database.Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*), COUNT(DISTINCT trade_id), COUNT(DISTINCT side) FROM fills";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)).ShouldBe((2, 1, 2));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_closed_journal_tells_those_who_wait_for_what_it_will_never_commit(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        var journal = await Open(database);
        journal.Append(Items.Quote(1));
        var never = journal.CommittedAsync(2).AsTask();
        await journal.DisposeAsync();

        await Should.ThrowAsync<StorageException>(() => never.WaitAsync(TimeSpan.FromSeconds(30)));
        await Should.ThrowAsync<StorageException>(() => journal.CommittedAsync(2).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        await journal.CommittedAsync(1);
    }

    [Fact]
    public async Task An_account_whose_session_was_lost_is_held_again_with_the_next_commit()
    {
        using var database = new TestDatabase(DatabaseKind.Postgres);
        await using var journal = await Open(database);
        journal.Append(Items.Quote(1));
        await journal.CommittedAsync(1);
        await using (var connection = database.Connect())
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        journal.Append(Items.Quote(2));
        await journal.CommittedAsync(2).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<StorageException>(() => Open(database))).Message.ShouldContain("another process");
        journal.Append(Items.Quote(3));
        await journal.CommittedAsync(3);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_opening_gets_a_new_epoch(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        JournalIdentity first;
        await using (var journal = await Open(database))
        {
            first = journal.Identity;
        }

        await using var second = await Open(database);

        second.Identity.Epoch.ShouldBe(first.Epoch + 1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_generation_begins_behind_the_last_input_under_a_name_of_its_own_and_is_found_again(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        JournalGeneration first;
        await using (var journal = await Open(database))
        {
            journal.Generation.ShouldBeNull();
            first = await journal.BeginAsync("""{"bots":["grid"]}""", TestContext.Current.CancellationToken);
            journal.Append(Items.Quote(1));
        }

        await using (var journal = await Open(database))
        {
            journal.Generation.ShouldBe(first);
            await journal.BeginAsync("changed", TestContext.Current.CancellationToken);
        }

        await using var last = await Open(database);
        last.Generation!.After.ShouldBe(1);
        last.Generation.Settings.ShouldBe("changed");
        (last.Generation.Installation == first.Installation).ShouldBeFalse();
        first.After.ShouldBe(0);
        first.Installation.ShouldMatch("^[a-z0-9]{4}$");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Settings_under_which_nothing_was_journaled_are_replaced(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using var journal = await Open(database);
        await journal.BeginAsync("first", TestContext.Current.CancellationToken);

        await journal.BeginAsync("second", TestContext.Current.CancellationToken);

        (await Count(database, kind, "snapshots")).ShouldBe(1);
        journal.Generation?.Settings.ShouldBe("second");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_second_process_is_refused_while_the_first_holds_the_account(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using var journal = await Open(database);

        var refusal = await Should.ThrowAsync<StorageException>(() => Open(database));

        refusal.Failure.ShouldBe(StorageFailure.Fenced);
        refusal.Message.ShouldContain("traded by another process");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_writer_that_was_overtaken_writes_nothing_more(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using var journal = await Open(database);
        journal.Append(Items.Fill(1));
        await journal.CommittedAsync(1);
        await Execute(database, kind, "UPDATE accounts SET epoch = epoch + 1");

        journal.Append(Items.Fill(2));

        (await Should.ThrowAsync<StorageException>(async () => await journal.CommittedAsync(2))).Failure.ShouldBe(StorageFailure.Fenced);
        (await Count(database, kind, "inputs")).ShouldBe(1);
        (await Count(database, kind, "fills")).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_input_is_there_with_all_that_followed_from_it_or_not_at_all(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using var journal = await Open(database);
        journal.Append(Items.Fill(1));
        await journal.CommittedAsync(1);

        // The same trade a second time breaks the key of the fills: nothing of its input may stay.
        journal.Append(Items.Fill(1) with { Sequence = 2 });

        await Should.ThrowAsync<StorageException>(async () => await journal.CommittedAsync(2));
        (await Count(database, kind, "inputs")).ShouldBe(1);
        (await Count(database, kind, "postings")).ShouldBe(2);
        (await Count(database, kind, "alerts")).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Decimals_keep_every_digit(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using var journal = await Open(database);
        journal.Append(Items.Fill(1));
        await journal.CommittedAsync(1);

        Convert.ToDecimal(await Scalar(database, kind, "SELECT fee FROM fills"), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(0.01200002m);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_gap_in_the_inputs_is_damage_and_named(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (var journal = await Open(database))
        {
            journal.Append(Items.Quote(1));
            journal.Append(Items.Quote(2));
            journal.Append(Items.Quote(3));
            await journal.CommittedAsync(3);
        }

        await Execute(database, kind, "DELETE FROM inputs WHERE sequence = 2");
        await using var again = await Open(database);

        var damage = await Should.ThrowAsync<StorageException>(() => Read(again, 0));
        damage.Failure.ShouldBe(StorageFailure.Damaged);
        damage.Message.ShouldContain("input 2 is missing");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_schema_of_a_newer_program_is_refused(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (await Open(database))
        {
        }

        await Execute(database, kind, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Future', '99.0')");

        (await Should.ThrowAsync<StorageException>(() => Open(database))).Failure.ShouldBe(StorageFailure.SchemaTooNew);
    }

    [Fact]
    public async Task A_database_that_the_server_does_not_have_is_named()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        var store = SqlJournalStore.Postgres(PostgresServer.Shared.ConnectionText("nowhere"), TimeProvider.System, static () => 1);

        var error = await Should.ThrowAsync<StorageException>(() => store.OpenAsync("binance/testnet/main", TestContext.Current.CancellationToken));

        error.Failure.ShouldBe(StorageFailure.DatabaseMissing);
        error.Message.ShouldContain("\"nowhere\" does not exist");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Closing_commits_what_is_pending(DatabaseKind kind)
    {
        using var database = new TestDatabase(kind);
        await using (var journal = await Open(database))
        {
            for (var sequence = 1L; sequence <= 5_000; sequence++)
            {
                journal.Append(Items.Quote(sequence));
            }
        }

        (await Count(database, kind, "inputs")).ShouldBe(5_000);
    }

    [Fact]
    public async Task A_new_file_is_its_owners_alone()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite);
        await using (await Open(database))
        {
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(database.ConnectionText).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static async Task<IJournal> Open(TestDatabase database)
    {
        var journal = await database.Store().OpenAsync(Items.Account, TestContext.Current.CancellationToken);
        journal.Name(Items.Names);
        return journal;
    }

    private static async Task<List<JournaledInput>> Read(IJournal journal, long after)
    {
        var inputs = new List<JournaledInput>();
        await foreach (var input in journal.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            inputs.Add(input);
        }

        return inputs;
    }

    private static async Task<long> Count(TestDatabase database, DatabaseKind kind, string table) =>
        Convert.ToInt64(await Scalar(database, kind, $"SELECT count(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<object?> Scalar(TestDatabase database, DatabaseKind kind, string sql)
    {
        await using var connection = Connect(database, kind);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Task<object?> Execute(TestDatabase database, DatabaseKind kind, string sql) => Scalar(database, kind, sql);

    private static DbConnection Connect(TestDatabase database, DatabaseKind kind) => kind == DatabaseKind.Sqlite
        ? new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database.ConnectionText};Pooling=False")
        : new Npgsql.NpgsqlConnection(database.ConnectionText + ";Pooling=false");
}
