using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Analytics.Migrations;

[DbContext(typeof(AnalyticsDb))]
[Migration("0001_Analytics")]
internal sealed class M0001_Analytics : SqlMigration;
