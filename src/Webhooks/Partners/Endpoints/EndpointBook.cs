using Npgsql;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Hosting;
using Orders.Webhooks.Partners.Deliveries;
using Orders.Webhooks.Partners.Safety;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary>Partners keep their endpoints by it.</summary>
internal sealed class EndpointBook(
    NpgsqlDataSource database, ITransactions transactions, ISubscriptions subscriptions, Destinations destinations, SecretBox secrets, TimeProvider clock)
{
    public const int MostOfOnePartner = 200;

    /// <exception cref="ProblemException">422 for a destination that is refused, 409 for one endpoint too many.</exception>
    public async Task<EndpointWithSecret> AddAsync(string partner, string url, string[] events, CancellationToken cancellationToken)
    {
        var (id, secret) = (Guid.CreateVersion7(clock.GetUtcNow()), WebhookSecret.Create());
        var destination = await CheckAsync(url, cancellationToken);
        var box = await secrets.SealAsync(secret, id, cancellationToken);
        var added = await transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            await subscriptions.SubscribeAsync(transaction, WebhooksModule.Name);
            return await EndpointTable.InsertAsync(transaction.Connection, id, partner, destination, events, box, MostOfOnePartner, cancellationToken);
        }, cancellationToken)
            ?? throw new ProblemException(409, "too-many-endpoints", $"A partner may have {MostOfOnePartner} endpoints. Delete one first.");
        return EndpointWithSecret.Of(added, secret.Reveal());
    }

    public async Task<PageOf<EndpointDocument>> ListAsync(string partner, Guid after, int limit, CancellationToken cancellationToken)
    {
        // One more than the page tells whether there is a next.
        var found = await EndpointTable.ListAsync(database, partner, after, limit + 1, cancellationToken);
        return new([.. found.Take(limit)], found.Count > limit ? found[limit - 1].Id.ToString("N") : null);
    }

    public Task<EndpointDocument?> FindAsync(string partner, Guid id, CancellationToken cancellationToken) =>
        EndpointTable.FindAsync(database, partner, id, cancellationToken);

    /// <returns>Null where the partner has no such endpoint.</returns>
    /// <exception cref="ProblemException">422 for a destination that is refused.</exception>
    public async Task<EndpointDocument?> ChangeAsync(
        string partner, Guid id, string? url, string[]? events, bool? enabled, CancellationToken cancellationToken)
    {
        var destination = url is null ? null : await CheckAsync(url, cancellationToken);
        return await transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            var changed = await EndpointTable.UpdateAsync(transaction.Connection, partner, id, destination, events, enabled, cancellationToken);
            if (changed is { Enabled: true } && (enabled is not null || url is not null))
            {
                await EndpointTable.HurryAsync(transaction.Connection, id, cancellationToken);
                await transaction.SendLocal(new DrainEndpoint(id));
            }

            return changed;
        }, cancellationToken);
    }

    public Task<bool> DeleteAsync(string partner, Guid id, CancellationToken cancellationToken) =>
        transactions.RunAsync(WebhooksModule.Name, transaction => EndpointTable.DeleteAsync(transaction.Connection, partner, id, cancellationToken), cancellationToken);

    /// <returns>Null where the partner has no such endpoint.</returns>
    public async Task<RotatedSecret?> RotateAsync(string partner, Guid id, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.Create();
        var box = await secrets.SealAsync(secret, id, cancellationToken);
        return await EndpointTable.RotateAsync(database, partner, id, box, cancellationToken) is { } until ? new(secret.Reveal(), until) : null;
    }

    private async Task<string> CheckAsync(string url, CancellationToken cancellationToken)
    {
        var (destination, refusal) = await destinations.CheckAsync(url, cancellationToken);
        return destination?.Url.AbsoluteUri ?? throw new ProblemException(422, "url-refused", refusal!);
    }
}
