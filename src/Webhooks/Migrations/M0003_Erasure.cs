using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Migrations;

[DbContext(typeof(WebhooksDb))]
[Migration("0003_Erasure")]
internal sealed class M0003_Erasure : SqlMigration;
