using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Webhooks.Partners.Events;

/// <summary>
/// The batch's events for partners: who listens is read once before, everything is written in one statement with the commit.
/// While no endpoint is registered nothing is written, and no JSON made. Scoped; not thread-safe.
/// </summary>
internal sealed class Listeners(BatchStorage storage) : IBatchParticipant
{
    // All of them, the disabled ones as well: what is for them accumulates.
    private const string Read = "SELECT id, events FROM webhooks.endpoint";

    // An event that is here already was told twice: it is delivered once. The endpoints are those that were read, so that each
    // that gets a delivery also gets the message that sends it; one that is deleted meanwhile gets none.
    private const string Store =
        """
        WITH added AS (
            INSERT INTO webhooks.event (id, type, key, at, body)
            SELECT id, type, key, at, body
            FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS n (id, type, key, at, body, nth)
            ORDER BY nth
            ON CONFLICT (id) DO NOTHING
            RETURNING number, id, type, key)
        INSERT INTO webhooks.delivery (id, endpoint, event, type, key, created_at)
        SELECT md5(e.id::text || added.id::text)::uuid, e.id, added.id, added.type, added.key, bus.now()
        FROM added
        JOIN unnest($6, $7) AS l (endpoint, type) ON l.type = added.type
        JOIN webhooks.endpoint AS e ON e.id = l.endpoint
        ORDER BY added.number
        FOR KEY SHARE OF e
        """;

    private readonly List<PartnerEvent> events = [];
    private readonly HashSet<Guid> told = [];
    private IReadOnlyList<(Guid Endpoint, string Type)>? listening;

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        if (messages.Any(message => PartnerEvents.TypeOf(message) is not null))
        {
            await ListeningAsync(cancellationToken);
        }
    }

    public async Task HearAsync(object message, IPipelineContext context)
    {
        if (PartnerEvents.TypeOf(message) is not { } type || await ListeningAsync(context.CancellationToken) is { Count: 0 })
        {
            return;
        }

        events.Add(PartnerEvents.Of(message));
        foreach (var (endpoint, _) in listening!.Where(one => one.Type == type && told.Add(one.Endpoint)))
        {
            await context.SendLocal(new DrainEndpoint(endpoint));
        }
    }

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        if (events.Count > 0)
        {
            storage.Defer(new(Store)
            {
                Parameters =
                {
                    Column.Of(events, NpgsqlDbType.Uuid, one => one.Id),
                    Column.Of(events, NpgsqlDbType.Text, one => one.Type),
                    Column.Of(events, NpgsqlDbType.Text, one => one.Key),
                    Column.Of(events, NpgsqlDbType.TimestampTz, one => one.At.UtcDateTime),
                    Column.Of(events, NpgsqlDbType.Text, one => one.Body),
                    Column.Of(listening!, NpgsqlDbType.Uuid, one => one.Endpoint),
                    Column.Of(listening!, NpgsqlDbType.Text, one => one.Type),
                },
            });
        }

        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<(Guid Endpoint, string Type)>> ListeningAsync(CancellationToken cancellationToken)
    {
        if (listening is not null)
        {
            return listening;
        }

        var found = new List<(Guid, string)>();
        await using var command = new NpgsqlCommand(Read, storage.Connection, storage.Transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.AddRange(reader.GetFieldValue<string[]>(1).Select(type => (reader.GetGuid(0), type)));
        }

        return listening = found;
    }
}
