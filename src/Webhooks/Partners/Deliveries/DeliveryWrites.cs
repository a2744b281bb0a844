using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>The writes of <see cref="QueueSql"/> that are of many rows at once.</summary>
internal static class DeliveryWrites
{
    public static NpgsqlBatchCommand Move(IReadOnlyList<(QueuedDelivery Delivery, DateTimeOffset? DueAt, string? Entry)> moves) => new(QueueSql.Move)
    {
        Parameters =
        {
            Column.Of(moves, NpgsqlDbType.Uuid, move => move.Delivery.Id),
            Column.Of(moves, NpgsqlDbType.Text, move => move.Delivery.State),
            Column.Of(moves, NpgsqlDbType.TimestampTz, move => move.DueAt?.UtcDateTime),
            Column.Of(moves, NpgsqlDbType.Integer, move => move.Delivery.Attempts),
            Column.Of(moves, NpgsqlDbType.Text, move => move.Entry),
        },
    };

    public static NpgsqlBatchCommand Promote(IReadOnlyList<(Guid Endpoint, string Key)> ended) => new(QueueSql.Promote)
    {
        Parameters = { Column.Of(ended, NpgsqlDbType.Uuid, one => one.Endpoint), Column.Of(ended, NpgsqlDbType.Text, one => one.Key) },
    };

    public static NpgsqlBatchCommand Heal(IReadOnlyList<QueuedEndpoint> endpoints) => new(QueueSql.Heal)
    {
        Parameters =
        {
            Column.Of(endpoints, NpgsqlDbType.Uuid, one => one.Id),
            Column.Of(endpoints, NpgsqlDbType.Boolean, one => one.Health.Enabled),
            Column.Of(endpoints, NpgsqlDbType.Text, one => one.Health.DisabledReason),
            Column.Of(endpoints, NpgsqlDbType.TimestampTz, one => one.Health.FailingSince?.UtcDateTime),
            Column.Of(endpoints, NpgsqlDbType.TimestampTz, one => one.Health.ResumeAt?.UtcDateTime),
        },
    };

    public static NpgsqlBatchCommand WakeAt(IReadOnlyList<KeyValuePair<Guid, DateTimeOffset?>> waking) => new(QueueSql.WakeAt)
    {
        Parameters = { Column.Of(waking, NpgsqlDbType.Uuid, one => one.Key), Column.Of(waking, NpgsqlDbType.TimestampTz, one => one.Value?.UtcDateTime) },
    };

    /// <summary>Gives what was taken, then of each endpoint when its next is due and whether new ones are left.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Drain(IReadOnlyList<QueuedEndpoint> endpoints)
    {
        var ids = Column.Of(endpoints, NpgsqlDbType.Uuid, one => one.Id).Value;
        yield return new(QueueSql.Admit) { Parameters = { new() { Value = ids }, new() { Value = Math.Max(QueueSql.LeastAdmitted, QueueSql.AdmitAtOnce / endpoints.Count) } } };
        yield return new(QueueSql.Take) { Parameters = { new() { Value = ids }, Column.Of(endpoints, NpgsqlDbType.Integer, one => one.Health.Allowance(one.Now)) } };
        yield return new(QueueSql.Next) { Parameters = { new() { Value = ids } } };
    }

    public static DateTimeOffset? TimeAt(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetDateTime(column));
}
