using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Says that somebody wants the events that an endpoint of this process subscribes to later.</summary>
public interface ISubscriptions
{
    /// <summary>With the transaction's commit the endpoint hears of what is published from then on, for good. Doing it again does nothing.</summary>
    Task SubscribeAsync(ITransaction transaction, string endpoint);
}

/// <summary>The SQL of bus.subscription.</summary>
internal sealed class Subscriptions(EndpointCatalogue endpoints, MessageRegistry registry) : ISubscriptions
{
    public Task SubscribeAsync(ITransaction transaction, string endpoint) => AddAsync(
        transaction.Connection, endpoints.Of(endpoint), registry.EventsOf(endpoints.Of(endpoint).SubscribedLater), transaction.CancellationToken);

    public static async Task AddAsync(NpgsqlConnection connection, EndpointRuntime endpoint, IEnumerable<string> types, CancellationToken cancellationToken)
    {
        await using var subscribe = new NpgsqlCommand(
            "insert into bus.subscription (type, endpoint) select type, $2 from unnest($1) as wanted (type) on conflict do nothing", connection);
        subscribe.Parameters.Add(new() { Value = types.ToArray() });
        subscribe.Parameters.Add(new() { Value = endpoint.Id });
        await subscribe.ExecuteNonQueryAsync(cancellationToken);
    }
}
