using Microsoft.EntityFrameworkCore;
using Orders.Payments.GiftCards;
using Orders.Payments.State;

namespace Orders.Payments.Storage;

/// <summary>The schema <c>payments</c>.</summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<GiftCard> GiftCards => Set<GiftCard>();

    public DbSet<GiftCardEntry> GiftCardEntries => Set<GiftCardEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("payments");
        modelBuilder.Entity<Payment>(payment =>
        {
            payment.ToTable("payment").HasKey(row => row.OrderId);
            payment.Property(row => row.OrderId).ValueGeneratedNever();
            payment.Property(row => row.Status).HasConversion<string>();
            payment.Ignore(row => row.IsInFlight).Ignore(row => row.Captured).Ignore(row => row.Card).Ignore(row => row.Authorised);
        });
        modelBuilder.Entity<GiftCard>(card =>
        {
            card.ToTable("gift_card").HasKey(row => row.Code);
            card.Ignore(row => row.AvailableMinor).Ignore(row => row.Balance).Ignore(row => row.Held);
        });
        modelBuilder.Entity<GiftCardEntry>(entry =>
        {
            entry.ToTable("gift_card_entry").HasKey(row => row.Sequence);
            entry.Property(row => row.Kind).HasConversion<string>();
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
