using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Migrations;

[DbContext(typeof(SimulatorsDb))]
[Migration("0004_Crm")]
internal sealed class M0004_Crm : SqlMigration;
