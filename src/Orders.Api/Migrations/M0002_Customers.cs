using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Api.Migrations;

[DbContext(typeof(OrdersDb))]
[Migration("0002_Customers")]
internal sealed class M0002_Customers : SqlMigration;
