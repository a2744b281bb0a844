using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Migrations;

[DbContext(typeof(BusDb))]
[Migration("0006_SwallowedSteps")]
internal sealed class M0006_SwallowedSteps : SqlMigration;
