using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Migrations;

[DbContext(typeof(WebhooksDb))]
[Migration("0001_Crm")]
internal sealed class M0001_Crm : SqlMigration;
