using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>Reads recorded histories.</summary>
public sealed class SagaHistory
{
    private readonly NpgsqlDataSource source;
    private readonly EndpointCatalogue endpoints;

    internal SagaHistory(NpgsqlDataSource source, EndpointCatalogue endpoints) => (this.source, this.endpoints) = (source, endpoints);

    /// <summary>The steps of the saga that the value finds.</summary>
    /// <param name="correlation">As its correlation property holds it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<HistoryStep> ReadAsync<TSaga>(object correlation, CancellationToken cancellationToken)
        where TSaga : Saga => ReadAsync(SagaId.Of(IdentityOf(typeof(TSaga)), correlation), cancellationToken);

    /// <summary>One saga's steps, in order; none where it is unknown, or was not recorded.</summary>
    public async IAsyncEnumerable<HistoryStep> ReadAsync(Guid sagaId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var recorded in await ReadRecordedAsync(sagaId, cancellationToken))
        {
            yield return recorded.Step;
        }
    }

    /// <summary>Uses the primary keys of bus.history and bus.message.</summary>
    internal async Task<IReadOnlyList<RecordedStep>> ReadRecordedAsync(Guid sagaId, CancellationToken cancellationToken)
    {
        var rows = await StepsAsync(sagaId, cancellationToken);
        var said = await SaidAsync([.. rows.SelectMany(row => row.Sent).Select(sent => sent.Id)], cancellationToken);
        return
        [
            .. rows.Select((row, n) => new RecordedStep(
                new()
                {
                    Saga = row.Name,
                    SagaId = sagaId,
                    Step = n + 1,
                    At = row.At,
                    Timeout = row.IsTimeout,
                    Swallowed = row.IsSwallowed,
                    Message = new(row.Message.Id, row.Message.Type, row.Message.Version, row.Message.ReadableHeaders, Parsed(row.Message.Body)),
                    State = Parsed(row.State),
                    Completed = row.Completed,
                    Sent = [.. row.Sent.Select(sent => Recorded(sent, said))],
                },
                row.Message,
                [.. row.Sent.Select(sent => sent.Id)])),
        ];
    }

    private static RecordedSend Recorded(SentReference sent, Dictionary<Guid, (string Type, int Version, string Body)> said) =>
        said.TryGetValue(sent.Id, out var message)
            ? new(sent.Kind, message.Type, message.Version, Parsed(message.Body), sent.To, sent.Delay, sent.At)
            : throw new InvalidOperationException($"Message {sent.Id}, which a step said, is gone from bus.message.");

    private string IdentityOf(Type saga) => endpoints.All.SelectMany(endpoint => endpoint.Sagas.Values)
        .FirstOrDefault(hosted => hosted.Definition.SagaType == saga)?.Definition.Identity
        ?? throw new InvalidOperationException($"{saga.Name} is not hosted here. Ask a process that runs it.");

    private async Task<List<Row>> StepsAsync(Guid sagaId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select h.at, h.seq, 0::smallint, 0::smallint, m.id, m.type, m.version, m.key, m.intent, m.sender, m.reply_to, m.conversation, m.cause,
              m.trace, m.sent_at, m.headers, m.body, h.name, h.timeout, h.completed, h.state, h.sent,
              h.swallowed
            from bus.history h join bus.message m on m.id = h.message
            where h.saga = $1
            order by h.seq
            """);
        command.Parameters.Add(new() { Value = sagaId });
        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetString(17),
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetBoolean(18),
                DeliveryQueue.Read(reader),
                reader.GetString(20),
                reader.GetBoolean(19),
                await reader.IsDBNullAsync(21, cancellationToken) ? [] : JsonSerializer.Deserialize(reader.GetString(21), SentJson.Default.ListSentReference)!,
                reader.GetBoolean(22)));
        }

        return rows;
    }

    private async Task<Dictionary<Guid, (string Type, int Version, string Body)>> SaidAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select id, type, version, body from bus.message where id = any($1)");
        command.Parameters.Add(new() { Value = ids });
        var said = new Dictionary<Guid, (string, int, string)>(ids.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            said[reader.GetGuid(0)] = (reader.GetString(1), reader.GetInt16(2), reader.GetString(3));
        }

        return said;
    }

    internal static JsonElement Parsed(string? json)
    {
        using var document = JsonDocument.Parse(json ?? "null");
        return document.RootElement.Clone();
    }

    private sealed record Row(string Name, DateTimeOffset At, bool IsTimeout, IncomingMessage Message, string State, bool Completed, List<SentReference> Sent, bool IsSwallowed);
}

/// <summary>A step, with the message as it was taken and the ids of what was sent, in the step's order.</summary>
internal sealed record RecordedStep(HistoryStep Step, IncomingMessage Message, IReadOnlyList<Guid> SentIds);
