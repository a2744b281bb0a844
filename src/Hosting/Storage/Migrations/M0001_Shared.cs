using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Orders.Bus.Storage;

namespace Orders.Hosting.Storage.Migrations;

[DbContext(typeof(HostingDb))]
[Migration("0001_Shared")]
internal sealed class M0001_Shared : SqlMigration;
