using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Engine;
using Orders.Bus.Storage;

namespace Orders.Bus.RabbitMq;

/// <summary>The SQL of receiving: inbox, message and delivery, or the error queue, in one statement and so in one commit.</summary>
internal sealed class Inbox(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>
    /// Pure: true where PostgreSQL refuses what a message holds (error classes 22, data exception, 23, integrity, and 54, program
    /// limit; appendix A), however often it is tried. Anything else is the database's own trouble.
    /// </summary>
    internal static bool IsForItsData(PostgresException e) => e.SqlState[..2] is "22" or "23" or "54";

    /// <summary>Stores what has not come before. Uses the primary keys of bus.inbox and bus.message, locked in the order of ids.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> StoreAsync(short endpoint, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var once = arrivals.DistinctBy(arrival => arrival.Id).ToList();
        await using var command = source.CreateCommand(
            """
            with new as materialized (
              select * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) with ordinality
                as new (id, type, version, key, intent, sender, reply_to, conversation, cause, trace, sent_at, headers, body, lane, fault, failure, n)),
            fresh as (
              insert into bus.inbox (endpoint, message) select $1, id from new order by id on conflict do nothing returning message),
            facts as (
              insert into bus.message (id, type, version, key, intent, sender, reply_to, conversation, cause, trace, sent_at, headers, body)
              select id, type, version, key, intent, sender, reply_to, conversation, cause, trace, sent_at, headers, body
              from new join fresh on fresh.message = new.id order by id on conflict do nothing),
            failed as (
              insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
              select failure, $1, lane, id, 1, fault, $18, '' from new join fresh on fresh.message = new.id where fault is not null),
            work as (
              insert into bus.delivery (endpoint, lane, message)
              select $1, lane, id from new join fresh on fresh.message = new.id where fault is null order by n)
            select count(*) from fresh
            """);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = endpoint },
            Column.Of(once, a => a.Id),
            Column.Of(once, a => a.Type),
            Column.Of(once, a => a.Version),
            Column.Of(once, a => a.Key),
            Column.Of(once, a => (short)a.Intent),
            Column.Of(once, NpgsqlDbType.Text, a => a.Sender),
            Column.Of(once, NpgsqlDbType.Text, a => a.ReplyTo),
            Column.Of(once, a => a.Conversation),
            Column.Of(once, NpgsqlDbType.Uuid, a => a.Cause),
            Column.Of(once, NpgsqlDbType.Text, a => a.Trace),
            Column.Of(once, NpgsqlDbType.TimestampTz, a => a.SentAt),
            Column.Of(once, NpgsqlDbType.Text, a => a.Headers),
            Column.Of(once, a => a.Body),
            Column.Of(once, a => a.Lane),
            Column.Of(once, NpgsqlDbType.Text, a => a.Fault),
            // Time-ordered, as every id in the error queue.
            Column.Of(once, _ => Guid.CreateVersion7(clock.GetUtcNow())),
            new() { Value = typeof(UnreadableMessageException).FullName! },
        });
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
