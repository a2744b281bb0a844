using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Migrations;

[DbContext(typeof(SimulatorsDb))]
[Migration("0003_Owner")]
internal sealed class M0003_Owner : SqlMigration;
