using Microsoft.EntityFrameworkCore;

namespace Orders.Webhooks;

/// <summary>The schema <c>webhooks</c>. Read and written a batch at a time with SQL, beside each use.</summary>
internal sealed class WebhooksDb(DbContextOptions<WebhooksDb> options) : DbContext(options)
{
    public const string Schema = "webhooks";
}
