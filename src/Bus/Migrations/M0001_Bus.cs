using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Migrations;

[DbContext(typeof(BusDb))]
[Migration("0001_Bus")]
internal sealed class M0001_Bus : SqlMigration;
