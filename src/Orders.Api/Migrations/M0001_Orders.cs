using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Api.Migrations;

[DbContext(typeof(OrdersDb))]
[Migration("0001_Orders")]
internal sealed class M0001_Orders : SqlMigration;
