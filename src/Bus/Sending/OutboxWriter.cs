using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Activities;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>The SQL that turns an outbox into facts and work: message, delivery, outgoing, delayed and activity rows. One per transaction.</summary>
internal sealed class OutboxWriter(EndpointDirectory directory, ActivityExecutors executors, TransportKind transport)
{
    private readonly List<(OutgoingMessage Message, short Endpoint, bool Away)> delayed = [];
    private readonly List<(Guid Message, short? Endpoint)> outgoing = [];
    private readonly List<(Guid Message, string Type, short Lane, short? Endpoint)> deliveries = [];
    private readonly List<ActivityWork> activities = [];

    /// <summary>Activities that the transaction asks for, some of them already under this process's lease.</summary>
    public IReadOnlyList<ActivityWork> Activities => activities;

    public bool HasDelayed => delayed.Count > 0;

    /// <summary>The wire names and destinations that went out, for waking their receivers.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public async Task AddToAsync(NpgsqlBatch batch, Outbox outbox, CancellationToken cancellationToken)
    {
        foreach (var message in outbox.Messages)
        {
            await RouteAsync(message, cancellationToken);
        }

        activities.AddRange(outbox.Requests.Select(request => executors.Lease(request)!));
        foreach (var forward in outbox.Forwards)
        {
            await ForwardAsync(forward, cancellationToken);
        }

        AddMessages(batch, outbox.Messages);
        AddDeliveries(batch);
        AddOutgoing(batch);
        AddDelayed(batch);
        AddActivities(batch);
    }

    private async Task RouteAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var away = IsAway(message.Sender, message.Destination);
        if (away && !message.IsDelayed)
        {
            await LeaveAsync(message.Id, message.Destination, cancellationToken);
            return;
        }

        if (message.Destination is null)
        {
            Touched.Add(message.Contract.Name);
            deliveries.Add((message.Id, message.Contract.Name, message.Lane, null));
            return;
        }

        var receiver = await directory.IdOfAsync(message.Destination, cancellationToken);
        if (message.IsDelayed)
        {
            delayed.Add((message, receiver, away));
        }
        else if (executors.Lease(new(message.Destination, message.Id, message.Body, message.Conversation, message.Trace)) is { } activity)
        {
            activities.Add(activity);
        }
        else
        {
            Touched.Add(message.Destination);
            deliveries.Add((message.Id, message.Contract.Name, message.Lane, receiver));
        }
    }

    private async Task ForwardAsync(Forward forward, CancellationToken cancellationToken)
    {
        if (IsAway(forward.Sender, forward.Destination))
        {
            await LeaveAsync(forward.Message, forward.Destination, cancellationToken);
            return;
        }

        Touched.Add(forward.Destination);
        deliveries.Add((forward.Message, "", forward.Lane, await directory.IdOfAsync(forward.Destination, cancellationToken)));
    }

    /// <summary>Events leave, too: the broker knows who subscribes, this endpoint among them.</summary>
    private bool IsAway(string? sender, string? destination) => transport.Bridges && (destination is null || destination != sender);

    private async Task LeaveAsync(Guid message, string? destination, CancellationToken cancellationToken)
    {
        Touched.Add(WakeUps.Outgoing);
        outgoing.Add((message, destination is null ? null : await directory.IdOfAsync(destination, cancellationToken)));
    }

    private static void AddMessages(NpgsqlBatch batch, List<OutgoingMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new(
            """
            with clock as materialized (select bus.now() as now)
            insert into bus.message (id, type, version, key, intent, sender, reply_to, conversation, cause, trace, sent_at, headers, body)
            select id, type, version, key, intent, sender, reply_to, conversation, cause, trace, clock.now, headers, body
            from clock, unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
              as new (id, type, version, key, intent, sender, reply_to, conversation, cause, trace, headers, body)
            """)
        {
            Parameters =
            {
                Column.Of(messages, m => m.Id),
                Column.Of(messages, m => m.Contract.Name),
                Column.Of(messages, m => (short)m.Contract.Version),
                Column.Of(messages, m => m.Key),
                Column.Of(messages, m => (short)m.Intent),
                Column.Of(messages, m => m.Sender),
                Column.Of(messages, m => m.ReplyTo),
                Column.Of(messages, m => m.Conversation),
                Column.Of(messages, m => m.Cause),
                Column.Of(messages, m => m.Trace),
                Column.Of(messages, m => m.CustomHeaders),
                Column.Of(messages, m => m.Json),
            },
        });
    }

    private void AddDeliveries(NpgsqlBatch batch)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        // Subscribers are read in the transaction itself: no cache can be behind. Uses the primary key of bus.subscription.
        batch.BatchCommands.Add(new(
            """
            insert into bus.delivery (endpoint, lane, message)
            select coalesce(new.endpoint, subscription.endpoint), new.lane, new.message
            from unnest($1, $2, $3, $4) with ordinality as new (message, type, lane, endpoint, n)
            left join bus.subscription on new.endpoint is null and subscription.type = new.type
            where coalesce(new.endpoint, subscription.endpoint) is not null
            order by new.n
            """)
        {
            Parameters =
            {
                Column.Of(deliveries, d => d.Message), Column.Of(deliveries, d => d.Type), Column.Of(deliveries, d => d.Lane), Column.Of(deliveries, d => d.Endpoint),
            },
        });
    }

    private void AddOutgoing(NpgsqlBatch batch)
    {
        if (outgoing.Count > 0)
        {
            batch.BatchCommands.Add(Outgoing.Insert(outgoing));
        }
    }

    private void AddDelayed(NpgsqlBatch batch)
    {
        if (delayed.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new(
            """
            with clock as materialized (select bus.now() as now)
            insert into bus.delayed (due_at, endpoint, lane, message, saga, away)
            select coalesce(at, clock.now + delay), endpoint, lane, message, saga, away
            from clock, unnest($1, $2, $3, $4, $5, $6, $7) as new (at, delay, endpoint, lane, message, saga, away)
            """)
        {
            Parameters =
            {
                new()
                {
                    Value = delayed.Select(d => d.Message.NotBefore?.ToUniversalTime()).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                },
                new() { Value = delayed.Select(d => d.Message.Delay).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval },
                Column.Of(delayed, d => d.Endpoint),
                Column.Of(delayed, d => d.Message.Lane),
                Column.Of(delayed, d => d.Message.Id),
                Column.Of(delayed, d => d.Message.Saga),
                Column.Of(delayed, d => d.Away),
            },
        });
    }

    private void AddActivities(NpgsqlBatch batch)
    {
        if (activities.Count > 0)
        {
            batch.BatchCommands.Add(ActivityQueue.Insert(activities, directory.ProcessId));
        }
    }
}
