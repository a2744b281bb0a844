using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>A message that is sent instead of one that failed. Its type, version and conversation are the first one's.</summary>
internal sealed record EditedMessage(string Body, string Key, string? Headers)
{
    /// <summary>Stores it, sends it and closes the failed one, in one statement and only while that one is open.</summary>
    public NpgsqlCommand Instead(NpgsqlDataSource source, Guid failed, string by)
    {
        var command = source.CreateCommand(
            """
            with open as (
              update bus.failed set resolution = 'retried', resolved_at = bus.now(), resolved_by = $2, edited_as = $3
              where id = $1 and resolution is null returning id, endpoint, message, away),
            first as (
              select m.* from open cross join lateral (select * from bus.message where id = open.message limit 1) m),
            new as (
              insert into bus.message (id, type, version, key, intent, sender, reply_to, conversation, cause, trace, sent_at, headers, body)
              select $3, type, version, $4, intent, sender, reply_to, conversation, id, trace, bus.now(), $5, $6 from first),
            audited as (
              insert into bus.audit (who, action, subject, before, after)
              select $2, 'edit-and-retry', open.id,
                jsonb_build_object('message', first.id, 'headers', first.headers, 'body', first.body),
                jsonb_build_object('message', $3, 'headers', $5::text, 'body', $6)
              from open, first),
            away as (insert into bus.outgoing (message, endpoint) select $3, endpoint from open where away)
            insert into bus.delivery (endpoint, lane, message) select endpoint, $7, $3 from open where not away
            """);
        command.Parameters.Add(new() { Value = failed });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new() { Value = Key });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = Headers });
        command.Parameters.Add(new() { Value = Body });
        command.Parameters.Add(new() { Value = Lanes.Of(Key) });
        return command;
    }
}
