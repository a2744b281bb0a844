using Microsoft.EntityFrameworkCore;
using Orders.Inventory.Catalog;

namespace Orders.Inventory;

/// <summary>
/// The module's schema, for migrations and catalogue queries. Stock and holds are not in it: they are hot, and
/// <see cref="Stock.Warehouse"/> reads and writes them a batch at a time.
/// </summary>
internal sealed class InventoryDb(DbContextOptions<InventoryDb> options) : DbContext(options)
{
    public const string Schema = "inventory";

    public DbSet<CatalogRow> Catalog => Set<CatalogRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<CatalogRow>(row =>
        {
            row.HasNoKey();
            row.ToSqlQuery(CatalogRow.Sql);
        });
}
