using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Migrations;

[DbContext(typeof(SimulatorsDb))]
[Migration("0001_PaymentProvider")]
internal sealed class M0001_PaymentProvider : SqlMigration;
