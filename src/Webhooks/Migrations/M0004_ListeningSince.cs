using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Migrations;

[DbContext(typeof(WebhooksDb))]
[Migration("0004_ListeningSince")]
internal sealed class M0004_ListeningSince : SqlMigration;
