using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Migrations;

[DbContext(typeof(BusDb))]
[Migration("0007_Erasure")]
internal sealed class M0007_Erasure : SqlMigration;
