using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Migrations;

[DbContext(typeof(BusDb))]
[Migration("0003_Operators")]
internal sealed class M0003_Operators : SqlMigration;
