using Microsoft.EntityFrameworkCore.Migrations;

namespace Orders.Bus.Storage;

/// <summary>
/// A migration that is one SQL file, embedded beside the class under the same name: <c>M0001_Stock.cs</c> and
/// <c>M0001_Stock.sql</c>. Forward only, and safe while the version before it still runs.
/// </summary>
public abstract class SqlMigration : Migration
{
    protected sealed override void Up(MigrationBuilder migrationBuilder)
    {
        var name = GetType().FullName + ".sql";
        using var stream = GetType().Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The migration's SQL is missing: embed the resource '{name}'.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
