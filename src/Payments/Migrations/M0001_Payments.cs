using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;
using Orders.Payments.Storage;

namespace Orders.Payments.Migrations;

[DbContext(typeof(PaymentsDb))]
[Migration("0001_Payments")]
internal sealed class M0001_Payments : SqlMigration;
