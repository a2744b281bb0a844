using Npgsql;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>
/// Makes the copy like the CRM again: reads what it says was updated and deleted since the last run, with an overlap for changes
/// that it shows late, and the records that are marked; or, where that is not known, everything. Calls are made outside of
/// transactions, a page's records are written in one, and the watermark moves when all are.
/// </summary>
internal sealed class Reconciliation(CrmClients clients, Healing healing, NpgsqlDataSource database, TimeProvider clock)
{
    private const int RecordsAtOnce = 200;
    private const int CallsAtOnce = 8;

    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <exception cref="HttpRequestException">The CRM does not answer. What was healed stays, and the next run begins where this one did.</exception>
    public async Task<ReconcileReport> RunAsync(CrmSource source, CancellationToken cancellationToken)
    {
        var client = clients.Of(source);
        var began = await WatermarkTable.ReadAsync(database, source.Name, cancellationToken);
        var since = began.Until - Overlap;
        var window = since is { } start ? await client.WindowAsync(start, clock.GetUtcNow() + Overlap, cancellationToken) : null;
        var (tally, until) = window is null
            ? await ReadAllAsync(source, client, cancellationToken)
            : (await ReadAsync(source, client, [.. window.Updated.Union(window.Deleted)], cancellationToken), window.Until);
        tally += await ReadMarkedAsync(source, client, cancellationToken);
        await WatermarkTable.AdvanceAsync(database, source.Name, until, began, cancellationToken);
        return new(
            source.Name, window is null, window is null ? null : since, until, tally.Updated, tally.Deleted, tally.Updated + tally.Deleted, tally.Healed);
    }

    private async Task<(Tally Tally, DateTimeOffset Until)> ReadAllAsync(CrmSource source, CrmClient client, CancellationToken cancellationToken)
    {
        var page = await client.PageAsync(null, cancellationToken);
        var (tally, until) = (await healing.ApplyAsync(source, page.Records, [], cancellationToken), page.Until);
        while (page.Next is { } next)
        {
            page = await client.PageAsync(next, cancellationToken);
            tally += await healing.ApplyAsync(source, page.Records, [], cancellationToken);
        }

        return (tally, until);
    }

    private async Task<Tally> ReadAsync(CrmSource source, CrmClient client, string[] ids, CancellationToken cancellationToken)
    {
        var tally = Tally.Nothing;
        foreach (var some in ids.Chunk(RecordsAtOnce))
        {
            tally += await healing.ApplyAsync(source, await FindAsync(client, some, cancellationToken), [], cancellationToken);
        }

        return tally;
    }

    /// <summary>Those whose own read was given up, or is still to come: this one will do as well.</summary>
    private async Task<Tally> ReadMarkedAsync(CrmSource source, CrmClient client, CancellationToken cancellationToken)
    {
        var tally = Tally.Nothing;
        foreach (var some in (await healing.MarkedAsync(source, cancellationToken)).Chunk(RecordsAtOnce))
        {
            var found = await FindAsync(client, [.. some.Select(marked => marked.Id)], cancellationToken);
            tally += await healing.ApplyAsync(source, found, some, cancellationToken);
        }

        return tally;
    }

    private static async Task<IReadOnlyList<CrmChange>> FindAsync(CrmClient client, string[] ids, CancellationToken cancellationToken)
    {
        var found = new CrmChange?[ids.Length];
        await Parallel.ForAsync(0, ids.Length, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken }, async (at, token) =>
            found[at] = await client.FindAsync(ids[at], token));
        return [.. found.OfType<CrmChange>()];
    }
}
