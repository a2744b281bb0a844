using Microsoft.EntityFrameworkCore;

namespace Orders.Analytics;

/// <summary>
/// The module's schema, for its migrations. Counts are added up in SQL, a batch at a time, so nothing is mapped.
/// </summary>
internal sealed class AnalyticsDb(DbContextOptions<AnalyticsDb> options) : DbContext(options)
{
    public const string Schema = "analytics";
}
