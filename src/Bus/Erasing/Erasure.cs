using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>
/// Asks for what names a person to be masked in messages, the error queue, the audit trail and the histories of sagas: with the
/// transaction's commit, within seconds, and again later for what was still under way. Members are personal by
/// <see cref="Composition.PersonalAttribute"/>; masked text is <see cref="Masked"/>. Scoped; not thread-safe.
/// </summary>
public sealed class Erasure(BatchStorage storage)
{
    /// <summary>What stands for a text that is gone.</summary>
    public const string Masked = "***";

    /// <summary>All messages of a business key, and the histories of the sagas that it finds.</summary>
    /// <param name="key">Its saga, if it has one, has ended: what is masked is not there any more for it to work with.</param>
    /// <param name="until">What was sent later stays.</param>
    /// <param name="mention">What others wrote is masked as well where it mentions this id.</param>
    public void OfKey(string key, DateTimeOffset until, string? mention = null) => Ask(key, null, mention, until);

    /// <summary>One message.</summary>
    public void OfMessage(Guid message, DateTimeOffset until) => Ask(null, message, null, until);

    // Rows are only added: several endpoints of one database hear of the same erasure, and must not wait for each other's.
    private void Ask(string? key, Guid? message, string? mention, DateTimeOffset until) => storage.Defer(new(
        "insert into bus.erasure (key, message, mention, until) values ($1, $2, $3, $4)")
    {
        Parameters =
        {
            new NpgsqlParameter<string?> { TypedValue = key },
            new() { Value = (object?)message ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter<string?> { TypedValue = mention },
            new() { Value = until.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    });
}
