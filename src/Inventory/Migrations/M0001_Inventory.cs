using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Inventory.Migrations;

[DbContext(typeof(InventoryDb))]
[Migration("0001_Inventory")]
internal sealed class M0001_Inventory : SqlMigration;
