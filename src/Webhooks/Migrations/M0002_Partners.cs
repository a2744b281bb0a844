using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Migrations;

[DbContext(typeof(WebhooksDb))]
[Migration("0002_Partners")]
internal sealed class M0002_Partners : SqlMigration;
