using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Masks what sagas of erased keys remember: their steps, their last state, and what forks of them kept.</summary>
internal sealed class HistoryMasking(NpgsqlConnection connection, PersonalMembers members)
{
    private const int Piece = 200;

    public async Task RunAsync(ErasureScope scope, CancellationToken cancellationToken)
    {
        foreach (var (identity, personal) in members.Sagas)
        {
            foreach (var keys in scope.Keys.Keys.Chunk(Piece))
            {
                var sagas = keys.Select(key => SagaId.Of(identity, Guid.TryParseExact(key, "D", out var id) ? id : key)).ToArray();
                await MaskAsync(
                    // By history_pkey.
                    "select saga::text || ' ' || seq, state from bus.history where saga = any($1)",
                    "update bus.history h set state = new.json from unnest($1, $2) as new (place, json) where h.saga = split_part(new.place, ' ', 1)::uuid and h.seq = split_part(new.place, ' ', 2)::bigint",
                    sagas, personal, cancellationToken);
                await MaskAsync(
                    "select id::text, data from bus.saga where id = any($1) and forget_at is not null",
                    "update bus.saga set data = new.json from unnest($1, $2) as new (place, json) where id = new.place::uuid",
                    sagas, personal, cancellationToken);
                // By audit_subject: the saga's correlation where it is one, else the saga.
                await MaskAsync(
                    "select id::text, jsonb_build_array(before, after)::text from bus.audit where action = 'fork' and subject = any($1)",
                    "update bus.audit set before = new.json::jsonb -> 0, after = new.json::jsonb -> 1 from unnest($1, $2) as new (place, json) where id = new.place::bigint",
                    [.. sagas, .. keys.Select(key => Guid.TryParseExact(key, "D", out var id) ? id : Guid.Empty)],
                    [.. personal.Select(member => member with { Path = "state." + member.Path })],
                    cancellationToken);
            }
        }
    }

    private async Task MaskAsync(string find, string update, Guid[] of, IReadOnlyList<PersonalMember> personal, CancellationToken cancellationToken)
    {
        var masked = new List<(string Row, string Json)>();
        await using (var command = new NpgsqlCommand(find, connection) { Parameters = { new() { Value = of } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (PersonalMask.Apply(reader.GetString(1), personal) is { } without)
                {
                    masked.Add((reader.GetString(0), without));
                }
            }
        }

        await using var change = new NpgsqlCommand(update, connection)
        {
            Parameters = { Column.Of(masked, NpgsqlDbType.Text, row => row.Row), Column.Of(masked, NpgsqlDbType.Text, row => row.Json) },
        };
        await change.ExecuteNonQueryAsync(cancellationToken);
    }
}
