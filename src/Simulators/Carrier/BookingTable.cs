using Npgsql;
using NpgsqlTypes;

namespace Orders.Simulators.Carrier;

/// <summary>The bookings' rows in <c>sim.carrier_booking</c>.</summary>
internal static class BookingTable
{
    private const string Upsert = """
        insert into sim.carrier_booking (carrier, idempotency_key, reference, status, tracking_number, reason, at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (carrier, idempotency_key) do update set status = excluded.status
        """;

    private const string SelectAll = """
        select carrier, idempotency_key, reference, status, tracking_number, reason, at
        from sim.carrier_booking
        order by sequence
        """;

    public static async Task StoreAsync(NpgsqlConnection connection, IReadOnlyList<Booking> rows, CancellationToken cancellationToken)
    {
        // One statement may touch a row once: of a booking and its cancellation, the later stands.
        var latest = rows.GroupBy(row => (row.Carrier, row.IdempotencyKey)).Select(group => group.Last()).ToArray();
        await using var command = new NpgsqlCommand(Upsert, connection);
        Add(NpgsqlDbType.Text, row => row.Carrier);
        Add(NpgsqlDbType.Text, row => row.IdempotencyKey);
        Add(NpgsqlDbType.Text, row => row.Reference);
        Add(NpgsqlDbType.Text, row => Word(row.Status));
        Add(NpgsqlDbType.Text, row => row.TrackingNumber);
        Add(NpgsqlDbType.Text, row => row.Reason);
        Add(NpgsqlDbType.TimestampTz, row => row.At.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<Booking, T> value) =>
            command.Parameters.Add(new() { Value = Array.ConvertAll(latest, row => value(row)), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    public static async Task<IReadOnlyList<Booking>> ReadAllAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var bookings = new List<Booking>();
        await using var command = dataSource.CreateCommand(SelectAll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            bookings.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetValue(2) as string,
                Enum.Parse<BookingStatus>(reader.GetString(3), ignoreCase: true),
                reader.GetValue(4) as string,
                reader.GetValue(5) as string,
                new(reader.GetDateTime(6))));
        }

        return bookings;
    }

    /// <summary>The word for it, in the table and over HTTP.</summary>
    public static string Word(BookingStatus status) => status switch
    {
        BookingStatus.Booked => "booked",
        BookingStatus.Collected => "collected",
        BookingStatus.Refused => "refused",
        BookingStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Name the new status here."),
    };
}
