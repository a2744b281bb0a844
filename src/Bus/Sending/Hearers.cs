using Npgsql;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>
/// Whether anybody subscribes to an event, asked once a transaction and only of events that are for subscribers alone. Read in the
/// transaction itself: no cache can be behind. Where a broker carries messages it alone knows, so that somebody may.
/// </summary>
internal sealed class Hearers(NpgsqlConnection connection, TransportKind transport)
{
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    public async ValueTask<bool> AnyAsync(MessageContract contract)
    {
        if (transport.Bridges)
        {
            return true;
        }

        if (known.TryGetValue(contract.Name, out var any))
        {
            return any;
        }

        // By the primary key of bus.subscription.
        await using var command = new NpgsqlCommand("select exists (select from bus.subscription where type = $1)", connection);
        command.Parameters.Add(new() { Value = contract.Name });
        return known[contract.Name] = (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
