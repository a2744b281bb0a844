using System.Data;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Api.OrderViews;

/// <summary>Order documents in the table <c>orders.order_view</c>, on the scope's connection.</summary>
internal sealed class PostgresOrderDocuments(BatchStorage storage) : IOrderDocuments
{
    public async Task<IReadOnlyList<OrderDocument>> LoadAsync(
        IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken)
    {
        await using var lease = await OpenAsync(cancellationToken);
        await using var command = Command(OrderViewSql.Load);
        command.Parameters.Add(new() { Value = orderIds.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new List<OrderDocument>(orderIds.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add(JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), OrderDocumentJson.Default.OrderDocument)!);
        }

        return documents;
    }

    public async Task<StoredOrder?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var lease = await OpenAsync(cancellationToken);
        await using var command = Command(OrderViewSql.Find);
        command.Parameters.Add(new() { Value = orderId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    public async Task<IReadOnlyList<StoredOrder>> ListAsync(OrderFilter filter, CancellationToken cancellationToken)
    {
        await using var lease = await OpenAsync(cancellationToken);
        await using var command = Command(OrderViewSql.List(filter));
        OrderViewSql.Bind(command.Parameters, filter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var orders = new List<StoredOrder>(filter.Limit + 1);
        while (await reader.ReadAsync(cancellationToken))
        {
            orders.Add(Read(reader));
        }

        return orders;
    }

    public void Add(IReadOnlyList<OrderDocument> documents)
    {
        var command = Writing(OrderViewSql.Add, documents);
        command.Parameters.Add(Column.Of(documents, NpgsqlDbType.Text, document => document.UserId));
        command.Parameters.Add(Column.Of(
            documents, NpgsqlDbType.Text, document => string.Join('\n', document.Lines.Select(line => line.Sku))));
        storage.Defer(command);
    }

    public void Replace(IReadOnlyList<OrderDocument> documents) => storage.Defer(Writing(OrderViewSql.Replace, documents));

    public void Disown(IReadOnlyCollection<Guid> orderIds) => storage.Defer(new(OrderViewSql.Disown) { Parameters = { new() { Value = orderIds.ToArray() } } });

    private static StoredOrder Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        reader.GetString(2),
        reader.GetInt32(3),
        reader.GetFieldValue<byte[]>(4));

    private static NpgsqlBatchCommand Writing(string sql, IReadOnlyList<OrderDocument> documents) => new(sql)
    {
        Parameters =
        {
            Column.Of(documents, NpgsqlDbType.Uuid, document => document.OrderId),
            Column.Of(documents, NpgsqlDbType.Text, document => document.Status),
            Column.Of(documents, NpgsqlDbType.Integer, document => document.Version),
            Column.Of(
                documents, NpgsqlDbType.Text, document => JsonSerializer.Serialize(document, OrderDocumentJson.Default.OrderDocument)),
        },
    };

    private NpgsqlCommand Command(string sql) => new(sql, storage.Connection, storage.Transaction);

    /// <summary>Opens the connection if nobody has, and then only for the one statement: a scope may last as long as a watcher waits.</summary>
    private async Task<Lease> OpenAsync(CancellationToken cancellationToken)
    {
        if (storage.Connection.State != ConnectionState.Closed)
        {
            return new(null);
        }

        await storage.Connection.OpenAsync(cancellationToken);
        return new(storage.Connection);
    }

    private readonly struct Lease(NpgsqlConnection? opened) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => opened is null ? ValueTask.CompletedTask : new(opened.CloseAsync());
    }
}
