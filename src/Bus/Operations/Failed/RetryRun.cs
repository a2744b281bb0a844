using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>A retry of everything that a filter finds, at a rate.</summary>
/// <param name="State"><c>running</c>; then <c>finished</c>, <c>stopped</c> by somebody, or <c>failing</c>: too many failed again.</param>
/// <param name="FailedAgain">How many of those it retried had failed again when it last looked.</param>
public sealed record RetryRun(
    Guid Id,
    string? Endpoint,
    string? Type,
    int PerSecond,
    string State,
    int Retried,
    int FailedAgain,
    DateTimeOffset StartedAt,
    string StartedBy,
    DateTimeOffset? EndedAt,
    string? EndedBy)
{
    internal const string Columns =
        "id, endpoint, type, per_second, state, retried, failed_again, started_at, started_by, ended_at, ended_by";

    internal static RetryRun Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.GetInt32(3),
        row.GetString(4),
        row.GetInt32(5),
        row.GetInt32(6),
        row.GetFieldValue<DateTimeOffset>(7),
        row.GetString(8),
        row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        row.IsDBNull(10) ? null : row.GetString(10));
}
