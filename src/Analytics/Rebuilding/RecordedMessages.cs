using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Orders.Bus.Composition;
using Orders.Contracts;

namespace Orders.Analytics.Rebuilding;

/// <summary>The messages that the bus has recorded: the one place that knows the shape of its history.</summary>
internal sealed class RecordedMessages(NpgsqlDataSource database)
{
    // Reads the table from end to end: a rebuild wants nearly all of it.
    private const string Read =
        """
        SELECT type, body, sent_at
        FROM bus.message
        WHERE (type, version) IN (SELECT * FROM unnest($1, $2)) AND sent_at >= $3
        ORDER BY sent_at, id
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly Dictionary<string, MessageContract> Contracts = Catalogue.Messages
        .Where(contract => contract.Type == typeof(OrderPlaced)
            || contract.Type == typeof(OrderCompleted)
            || contract.Type == typeof(OrderRejected)
            || contract.Type == typeof(OrderCancelled))
        .ToDictionary(contract => contract.Name, StringComparer.Ordinal);

    /// <summary>Placed orders and their ends since a time, in the order of sending.</summary>
    public async IAsyncEnumerable<RecordedMessage> SinceAsync(
        DateTimeOffset from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Read, connection)
        {
            CommandTimeout = (int)Longest.TotalSeconds,
            Parameters =
            {
                new() { Value = Contracts.Values.Select(contract => contract.Name).ToArray() },
                new() { Value = Contracts.Values.Select(contract => (short)contract.Version).ToArray() },
                new() { Value = from.UtcDateTime },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var message = JsonSerializer.Deserialize(reader.GetString(1), Contracts[reader.GetString(0)].Json)!;
            yield return new(message, reader.GetFieldValue<DateTimeOffset>(2));
        }
    }
}

internal sealed record RecordedMessage(object Message, DateTimeOffset SentAt);
