using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Dispatch.Shipments;

/// <summary>The hot statements of <c>dispatch.shipment</c>: each reads or writes a whole batch, by <c>shipment_pkey</c>.</summary>
internal static class ShipmentTable
{
    private const string Load =
        """
        SELECT order_id, state, lines::text, ship_to::text, prime, promised_by, carrier, round, tracking_number, stop_requested, booking_unknown
        FROM dispatch.shipment
        WHERE order_id = ANY ($1)
        """;

    private const string Insert =
        """
        INSERT INTO dispatch.shipment
          (order_id, state, carrier, round, tracking_number, stop_requested, booking_unknown, lines, ship_to, prime, promised_by)
        SELECT order_id, state, carrier, round, tracking_number, stop_requested, booking_unknown, lines::jsonb, ship_to::jsonb, prime, promised_by
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
          AS n (order_id, state, carrier, round, tracking_number, stop_requested, booking_unknown, lines, ship_to, prime, promised_by)
        """;

    private const string Update =
        """
        UPDATE dispatch.shipment AS s
        SET state = n.state, carrier = n.carrier, round = n.round, tracking_number = n.tracking_number,
          stop_requested = n.stop_requested, booking_unknown = n.booking_unknown
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (order_id, state, carrier, round, tracking_number, stop_requested, booking_unknown)
        WHERE s.order_id = n.order_id
        """;

    public static async Task<List<Shipment>> LoadAsync(BatchStorage storage, Guid[] orderIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Load, storage.Connection, storage.Transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = orderIds });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var shipments = new List<Shipment>(orderIds.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            shipments.Add(Read(reader));
        }

        return shipments;
    }

    public static NpgsqlBatchCommand Changing(IReadOnlyList<Shipment> changed) => WithProgress(new(Update), changed);

    public static NpgsqlBatchCommand ForgettingAddresses(IReadOnlyList<Guid> orderIds) => new("UPDATE dispatch.shipment SET ship_to = NULL WHERE order_id = ANY ($1)")
    {
        Parameters = { Column.Of(orderIds, id => id) },
    };

    public static NpgsqlBatchCommand Adding(IReadOnlyList<Shipment> added)
    {
        var command = WithProgress(new(Insert), added);
        command.Parameters.Add(Column.Of(
            added, NpgsqlDbType.Text, row => JsonSerializer.Serialize(row.Lines, DispatchJson.Default.IReadOnlyListPackedLine)));
        command.Parameters.Add(Column.Of(
            added, NpgsqlDbType.Text, row => row.ShipTo is null ? null : JsonSerializer.Serialize(row.ShipTo, DispatchJson.Default.Address)));
        command.Parameters.Add(Column.Of(added, NpgsqlDbType.Boolean, row => row.Prime));
        command.Parameters.Add(Column.Of(added, NpgsqlDbType.TimestampTz, row => row.PromisedBy?.UtcDateTime));
        return command;
    }

    private static NpgsqlBatchCommand WithProgress(NpgsqlBatchCommand command, IReadOnlyList<Shipment> shipments)
    {
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Uuid, row => row.OrderId));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Text, row => ShipmentStateName.Of(row.Progress.State)));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Text, row => row.Progress.Carrier));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Integer, row => row.Progress.Round));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Text, row => row.Progress.TrackingNumber));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Boolean, row => row.Progress.StopRequested));
        command.Parameters.Add(Column.Of(shipments, NpgsqlDbType.Boolean, row => row.Progress.BookingUnknown));
        return command;
    }

    private static Shipment Read(NpgsqlDataReader row) => new()
    {
        OrderId = row.GetGuid(0),
        Lines = JsonSerializer.Deserialize(row.GetString(2), DispatchJson.Default.IReadOnlyListPackedLine)!,
        ShipTo = Text(row, 3) is { } address ? JsonSerializer.Deserialize(address, DispatchJson.Default.Address) : null,
        Prime = row.GetBoolean(4),
        PromisedBy = row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
        Progress = new(
            ShipmentStateName.Parse(row.GetString(1)), Text(row, 6), row.GetInt32(7), Text(row, 8), row.GetBoolean(9), row.GetBoolean(10)),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
