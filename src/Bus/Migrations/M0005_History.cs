using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Migrations;

[DbContext(typeof(BusDb))]
[Migration("0005_History")]
internal sealed class M0005_History : SqlMigration;
