using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;
using Orders.Payments.State;

namespace Orders.Payments.Storage;

/// <summary>The hot statements of <c>payments.payment</c>: each reads or writes a whole batch, by <c>payment_pkey</c>.</summary>
internal static class PaymentTable
{
    private const string Load =
        """
        SELECT order_id, status, currency, card_token, card_minor, card_captured_minor, gift_card, gift_held_minor, gift_taken_minor,
          closing, end_announced, capture_refused, version, updated_at
        FROM payments.payment
        WHERE order_id = ANY ($1)
        """;

    // Written by whoever holds the order's lane: the row that is replaced is the one that was read.
    private const string Save =
        """
        INSERT INTO payments.payment AS p (order_id, status, currency, card_token, card_minor, card_captured_minor, gift_card,
          gift_held_minor, gift_taken_minor, closing, end_announced, capture_refused, version, updated_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (order_id) DO UPDATE
        SET status = excluded.status, currency = excluded.currency, card_token = excluded.card_token, card_minor = excluded.card_minor,
          card_captured_minor = excluded.card_captured_minor, gift_card = excluded.gift_card, gift_held_minor = excluded.gift_held_minor,
          gift_taken_minor = excluded.gift_taken_minor, closing = excluded.closing, end_announced = excluded.end_announced,
          capture_refused = excluded.capture_refused, version = excluded.version, updated_at = excluded.updated_at
        """;

    public static async Task<List<Payment>> LoadAsync(BatchStorage storage, Guid[] orderIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Load, storage.Connection, storage.Transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = orderIds });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var payments = new List<Payment>(orderIds.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            payments.Add(Read(reader));
        }

        return payments;
    }

    public static NpgsqlBatchCommand Saving(IReadOnlyList<Payment> payments) => new(Save)
    {
        Parameters =
        {
            Column.Of(payments, NpgsqlDbType.Uuid, row => row.OrderId),
            Column.Of(payments, NpgsqlDbType.Text, row => row.Status.ToString()),
            Column.Of(payments, NpgsqlDbType.Text, row => row.Currency),
            Column.Of(payments, NpgsqlDbType.Text, row => row.CardToken),
            Column.Of(payments, NpgsqlDbType.Bigint, row => row.CardMinor),
            Column.Of(payments, NpgsqlDbType.Bigint, row => row.CardCapturedMinor),
            Column.Of(payments, NpgsqlDbType.Text, row => row.GiftCard),
            Column.Of(payments, NpgsqlDbType.Bigint, row => row.GiftHeldMinor),
            Column.Of(payments, NpgsqlDbType.Bigint, row => row.GiftTakenMinor),
            Column.Of(payments, NpgsqlDbType.Boolean, row => row.Closing),
            Column.Of(payments, NpgsqlDbType.Boolean, row => row.EndAnnounced),
            Column.Of(payments, NpgsqlDbType.Boolean, row => row.CaptureRefused),
            Column.Of(payments, NpgsqlDbType.Integer, row => row.Version),
            Column.Of(payments, NpgsqlDbType.TimestampTz, row => row.UpdatedAt.UtcDateTime),
        },
    };

    private static Payment Read(NpgsqlDataReader row) => new()
    {
        OrderId = row.GetGuid(0),
        Status = Enum.Parse<PaymentStatus>(row.GetString(1)),
        Currency = row.GetString(2),
        CardToken = row.GetString(3),
        CardMinor = row.GetInt64(4),
        CardCapturedMinor = row.GetInt64(5),
        GiftCard = row.IsDBNull(6) ? null : row.GetString(6),
        GiftHeldMinor = row.GetInt64(7),
        GiftTakenMinor = row.GetInt64(8),
        Closing = row.GetBoolean(9),
        EndAnnounced = row.GetBoolean(10),
        CaptureRefused = row.GetBoolean(11),
        Version = row.GetInt32(12),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(13),
    };
}
