using System.Collections.Concurrent;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>The numbers of endpoints and of this process in the database. Thread-safe.</summary>
internal sealed class EndpointDirectory(NpgsqlDataSource source, TransportKind transport)
{
    private readonly ConcurrentDictionary<string, short> ids = new(StringComparer.Ordinal);

    private short[] here = [];

    public int ProcessId { get; private set; }

    /// <exception cref="InvalidOperationException">No such endpoint has ever registered, and none can be elsewhere.</exception>
    public ValueTask<short> IdOfAsync(string name, CancellationToken cancellationToken) => ids.TryGetValue(name, out var id)
        ? new(id)
        : new(transport.Bridges ? RegisterAsync(name, cancellationToken) : LookUpAsync(name, cancellationToken));

    /// <summary>Registers this process, its endpoints with what they subscribe to, and the endpoints that commands are sent to.</summary>
    public async Task RegisterAsync(
        IReadOnlyList<EndpointRuntime> endpoints, MessageRegistry registry, CancellationToken cancellationToken)
    {
        foreach (var name in registry.Owners.Concat(endpoints.Select(endpoint => endpoint.Name)).Distinct(StringComparer.Ordinal))
        {
            await RegisterAsync(name, cancellationToken);
        }

        foreach (var endpoint in endpoints)
        {
            endpoint.Id = ids[endpoint.Name];
            await SubscribeAsync(endpoint, registry, cancellationToken);
            await DescribeAsync(endpoint, cancellationToken);
        }

        here = [.. endpoints.Select(endpoint => endpoint.Id)];
        await using var process = source.CreateCommand("insert into bus.process (machine, endpoints) values ($1, $2) returning id");
        process.Parameters.Add(new() { Value = Environment.MachineName });
        process.Parameters.Add(new() { Value = here });
        ProcessId = (int)(await process.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>To be called under the process's lock: its row may have been purged while it was without one.</summary>
    public async Task StayRegisteredAsync(CancellationToken cancellationToken)
    {
        await using var process = source.CreateCommand(
            "insert into bus.process (id, machine, endpoints) overriding system value values ($1, $2, $3) on conflict do nothing");
        process.Parameters.Add(new() { Value = ProcessId });
        process.Parameters.Add(new() { Value = Environment.MachineName });
        process.Parameters.Add(new() { Value = here });
        await process.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<short> RegisterAsync(string name, CancellationToken cancellationToken)
    {
        await using var insert = source.CreateCommand(
            "insert into bus.endpoint (name) select $1 where not exists (select from bus.endpoint where name = $1) on conflict do nothing");
        insert.Parameters.Add(new() { Value = name });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return await LookUpAsync(name, cancellationToken);
    }

    private async Task DescribeAsync(EndpointRuntime endpoint, CancellationToken cancellationToken)
    {
        await using var describe = source.CreateCommand("update bus.endpoint set may_fall_behind = $2 where id = $1 and may_fall_behind <> $2");
        describe.Parameters.Add(new() { Value = endpoint.Id });
        describe.Parameters.Add(new() { Value = endpoint.MayFallBehind });
        await describe.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task SubscribeAsync(EndpointRuntime endpoint, MessageRegistry registry, CancellationToken cancellationToken)
    {
        var types = transport.Bridges ? endpoint.MessageTypes : endpoint.MessageTypes.Except(endpoint.SubscribedLater);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Subscriptions.AddAsync(connection, endpoint, registry.EventsOf(types), cancellationToken);
    }

    private async Task<short> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select id from bus.endpoint where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellationToken) is short id
            ? ids[name] = id
            : throw new InvalidOperationException($"There is no endpoint '{name}'. Check the destination, or start the process that hosts it first.");
    }
}
