using Microsoft.EntityFrameworkCore;

namespace Orders.Api.Migrations;

/// <summary>Carries the migrations of the schema <c>orders</c>. Its tables are hot and are written in batches, with SQL.</summary>
internal sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    public const string Schema = "orders";
}
