using System.Data.Common;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;

namespace Trellis.Storage.Journals;

/// <summary>The prepared statements of one writer's connection.</summary>
internal sealed class JournalStatements : IAsyncDisposable
{
    private readonly DbCommand advance;

    private JournalStatements(DbConnection connection)
    {
        Inputs = new Upsert(connection, "inputs", [Column.Text("account"), Column.Long("sequence"), Column.Long("time"), Column.Text("kind"), Column.Text("payload"), Column.Text("effects_hash")], 2, replaces: false);
        Orders = new Upsert(
            connection,
            "orders",
            [
                Column.Text("account"), Column.Text("client_order_id"), Column.Text("bot"), Column.Text("instrument"), Column.Int("lane"), Column.Int("slot"), Column.Int("cycle"),
                Column.Text("side"), Column.Text("position_side"), Column.Text("kind"), Column.Decimal("price"), Column.Decimal("trigger_price"), Column.Decimal("quantity"),
                Column.Decimal("booked_quantity"), Column.Text("state"), Column.Text("venue_order_id"), Column.Text("reason"), Column.Long("created_at"), Column.Long("updated_at"), Column.Long("sequence"),
            ],
            2,
            replaces: true);
        Fills = new Upsert(
            connection,
            "fills",
            [
                Column.Text("account"), Column.Text("instrument"), Column.Text("trade_id"), Column.Text("side"), Column.Text("bot"), Column.Text("slot"), Column.Text("client_order_id"), Column.Text("venue_order_id"),
                Column.Text("position_side"), Column.Decimal("price"), Column.Decimal("quantity"), Column.Decimal("fee"), Column.Text("fee_currency"), Column.Decimal("realized"),
                Column.Flag("is_maker"), Column.Long("time"), Column.Long("sequence"),
            ],
            4,
            replaces: false);
        Postings = new Upsert(
            connection,
            "postings",
            [
                Column.Text("account"), Column.Long("sequence"), Column.Int("entry"), Column.Int("posting"), Column.Text("ledger_account"), Column.Text("currency"), Column.Text("bot"),
                Column.Text("instrument"), Column.Text("position_side"), Column.Decimal("amount"), Column.Text("text"), Column.Text("reference"), Column.Long("time"),
            ],
            4,
            replaces: false);
        Bots = new Upsert(connection, "bots", [Column.Text("account"), Column.Text("bot"), Column.Text("state"), Column.Text("reason"), Column.Long("sequence"), Column.Long("time")], 2, replaces: true);
        Alerts = new Upsert(
            connection,
            "alerts",
            [Column.Text("account"), Column.Long("sequence"), Column.Int("number"), Column.Text("level"), Column.Text("code"), Column.Text("bot"), Column.Text("text"), Column.Long("time")],
            3,
            replaces: false);
        advance = connection.CreateCommand();
        advance.CommandText = "UPDATE accounts SET last_sequence = @last WHERE account = @account AND epoch = @epoch AND last_sequence < @last";
        Add("last", System.Data.DbType.Int64);
        Add("account", System.Data.DbType.String);
        Add("epoch", System.Data.DbType.Int64);
    }

    public Upsert Inputs { get; }

    public Upsert Orders { get; }

    public Upsert Fills { get; }

    public Upsert Postings { get; }

    public Upsert Bots { get; }

    public Upsert Alerts { get; }

    public static async Task<JournalStatements> PrepareAsync(DbConnection connection, CancellationToken cancellation)
    {
        var statements = new JournalStatements(connection);
        foreach (var statement in statements.All)
        {
            await statement.PrepareAsync(cancellation);
        }

        await statements.advance.PrepareAsync(cancellation);
        return statements;
    }

    /// <summary>Moves the account on; the row is locked from here to the commit, so that an older epoch can't slip in between.</summary>
    /// <returns>False where it is there already: a commit that seemed lost has arrived after all.</returns>
    /// <exception cref="StorageException">Another writer has taken over.</exception>
    public async Task<bool> TryAdvanceAsync(DbTransaction transaction, JournalIdentity identity, long last, CancellationToken cancellation)
    {
        advance.Transaction = transaction;
        advance.Parameters[0].Value = last;
        advance.Parameters[1].Value = identity.Account;
        advance.Parameters[2].Value = identity.Epoch;
        if (await advance.ExecuteNonQueryAsync(cancellation) == 1)
        {
            return true;
        }

        await using var look = transaction.Connection!.Command(transaction, "SELECT epoch FROM accounts WHERE account = @account AND last_sequence >= @last", ("account", identity.Account), ("last", last));
        if (await look.ExecuteScalarAsync(cancellation) is long epoch && epoch == identity.Epoch)
        {
            return false;
        }

        throw new StorageException(StorageFailure.Fenced, $"journal of {identity.Account}: another process has taken it over (this one had epoch {identity.Epoch}); nothing more is written or sent from here");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in All)
        {
            await statement.DisposeAsync();
        }

        await advance.DisposeAsync();
    }

    private IEnumerable<Upsert> All => [Inputs, Orders, Fills, Postings, Bots, Alerts];

    private void Add(string name, System.Data.DbType type)
    {
        var parameter = advance.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        advance.Parameters.Add(parameter);
    }
}
