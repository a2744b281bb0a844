using Npgsql;
using NpgsqlTypes;
using Quartz;

namespace Orders.Api.ConfirmPurchase;

/// <summary>Forgets idempotency keys that are older than thirty days.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeConfirmKeysJob(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>By <c>confirm_key_placed_at</c>; in pieces, so that no transaction is long.</summary>
    private const string Purge = """
        DELETE FROM orders.confirm_key
        WHERE key IN (SELECT key FROM orders.confirm_key WHERE placed_at < $1 LIMIT 5000)
        """;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - Lifetime;
        int deleted;
        do
        {
            await using var command = database.CreateCommand(Purge);
            command.Parameters.Add(new() { Value = before, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (deleted > 0);
    }
}
