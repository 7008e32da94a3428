using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Storage.Model;

/// <summary>The one model of both databases: tables and columns in snake case, keyed by account.</summary>
public abstract class TrellisContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<InputRow> Inputs => Set<InputRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<FillRow> Fills => Set<FillRow>();

    public DbSet<PostingRow> Postings => Set<PostingRow>();

    public DbSet<BotRow> Bots => Set<BotRow>();

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<SnapshotRow> Snapshots => Set<SnapshotRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>().ToTable("accounts").HasKey(row => row.Account);
        modelBuilder.Entity<InputRow>().ToTable("inputs").HasKey(row => new { row.Account, row.Sequence });
        modelBuilder.Entity<OrderRow>(orders =>
        {
            orders.ToTable("orders").HasKey(row => new { row.Account, row.ClientOrderId });
            orders.HasIndex(row => new { row.Account, row.State });
        });
        modelBuilder.Entity<FillRow>(fills =>
        {
            // Where an account trades with itself, both its fills have the id of the one trade.
            fills.ToTable("fills").HasKey(row => new { row.Account, row.Instrument, row.TradeId, row.Side });
            fills.HasIndex(row => new { row.Account, row.Bot, row.Time });
        });
        modelBuilder.Entity<PostingRow>(postings =>
        {
            postings.ToTable("postings").HasKey(row => new { row.Account, row.Sequence, row.Entry, row.Posting });
            postings.HasIndex(row => new { row.Account, row.Bot, row.LedgerAccount });
        });
        modelBuilder.Entity<BotRow>().ToTable("bots").HasKey(row => new { row.Account, row.Bot });
        modelBuilder.Entity<AlertRow>().ToTable("alerts").HasKey(row => new { row.Account, row.Sequence, row.Number });
        modelBuilder.Entity<SnapshotRow>().ToTable("snapshots").HasKey(row => new { row.Account, row.Sequence });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
            FitColumn(property);
        }
    }

    /// <summary>Whatever a database needs to keep a kind of value exactly.</summary>
    protected abstract void FitColumn(IMutableProperty property);

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
