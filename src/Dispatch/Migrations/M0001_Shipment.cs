using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.Migrations;

[DbContext(typeof(DispatchDb))]
[Migration("0001_Shipment")]
internal sealed class M0001_Shipment : SqlMigration;
