using Npgsql;
using Orders.Bus.Storage;
using Orders.Hosting;
using Orders.Webhooks.Partners.Events;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Partners look at an endpoint's deliveries by it, and ask for them again. Whose the endpoint is has been looked at.</summary>
internal sealed class DeliveryDesk(NpgsqlDataSource database, ITransactions transactions, TimeProvider clock)
{
    public async Task<PageOf<DeliveryDocument>> ListAsync(Guid endpoint, string? status, long before, int limit, CancellationToken cancellationToken)
    {
        // One more than the page tells whether there is a next.
        var found = await DeliveryTable.ListAsync(database, endpoint, status, before, limit + 1, cancellationToken);
        return new([.. found.Take(limit).Select(one => one.Delivery)], found.Count > limit ? DeliveryCursor.Write(found[limit - 1].Position) : null);
    }

    /// <returns>Null where the endpoint has no such delivery.</returns>
    public async Task<DeliveryLog?> FindAsync(Guid endpoint, Guid delivery, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await DeliveryTable.FindAsync(connection, endpoint, delivery, cancellationToken) is { } found
            && await DeliveryTable.BodyAsync(connection, delivery, cancellationToken) is { } body
            ? new(found.Delivery, body, found.Log)
            : null;
    }

    /// <summary>Under its old id, behind what waits of its key; one that waits for a retry is due at once.</summary>
    /// <returns>Null where the endpoint has no such delivery.</returns>
    public Task<DeliveryDocument?> RedeliverAsync(Guid endpoint, Guid delivery, CancellationToken cancellationToken) =>
        transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            await DeliveryTable.AgainAsync(transaction.Connection, endpoint, delivery, cancellationToken);
            await transaction.SendLocal(new DrainEndpoint(endpoint));
            return (await DeliveryTable.FindAsync(transaction.Connection, endpoint, delivery, cancellationToken))?.Delivery;
        }, cancellationToken);

    public Task<QueuedReplay> ReplayAsync(Guid endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            await transaction.SendLocal(new ReplayEvents(endpoint, from, to));
            return new QueuedReplay(from, to, await DeliveryTable.CountPastAsync(transaction.Connection, endpoint, from, to, cancellationToken));
        }, cancellationToken);

    public Task<QueuedTest> TestAsync(Guid endpoint, CancellationToken cancellationToken) =>
        transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            var test = PartnerEvents.Test(Guid.CreateVersion7(clock.GetUtcNow()), endpoint, clock.GetUtcNow());
            var delivery = await DeliveryTable.AddAsync(transaction.Connection, endpoint, test, cancellationToken);
            await transaction.SendLocal(new DrainEndpoint(endpoint));
            return new QueuedTest(delivery);
        }, cancellationToken);
}
