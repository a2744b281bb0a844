using Npgsql;

namespace Orders.Host.Bench.Webhooks;

/// <summary>
/// What every receiver got over the whole run, beside what the database says was for it: every event once by its
/// <c>webhook-id</c>, and each order's by version.
/// </summary>
/// <param name="Deliveries">What was to be delivered.</param>
/// <param name="Missing">Not received.</param>
/// <param name="Repeated">Received again under an id that was received before.</param>
/// <param name="OutOfOrder">Received after a later version of the same order.</param>
internal sealed record ReceiptCheck(int Deliveries, int Missing, int Repeated, int OutOfOrder)
{
    public bool Ok => Missing == 0 && OutOfOrder == 0;

    public static async Task<ReceiptCheck> RunAsync(
        NpgsqlDataSource database, IReadOnlyDictionary<Guid, List<Receipt>> received, CancellationToken cancellationToken)
    {
        var sum = new ReceiptCheck(0, 0, 0, 0);
        foreach (var (endpoint, receipts) in received)
        {
            var one = Compare(await ExpectedAsync(database, endpoint, cancellationToken), receipts);
            sum = new(sum.Deliveries + one.Deliveries, sum.Missing + one.Missing, sum.Repeated + one.Repeated, sum.OutOfOrder + one.OutOfOrder);
        }

        return sum;
    }

    /// <summary>Pure.</summary>
    internal static ReceiptCheck Compare(IReadOnlySet<Guid> expected, IReadOnlyList<Receipt> receipts)
    {
        var first = receipts.DistinctBy(receipt => receipt.Id).ToList();
        var (outOfOrder, last) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (order, version, _) in first.Select(receipt => receipt.Read()))
        {
            outOfOrder += version < last.GetValueOrDefault(order) ? 1 : 0;
            last[order] = version;
        }

        return new(expected.Count, expected.Count - first.Count(receipt => expected.Contains(receipt.Id)), receipts.Count - first.Count, outOfOrder);
    }

    private static async Task<HashSet<Guid>> ExpectedAsync(NpgsqlDataSource database, Guid endpoint, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id FROM webhooks.delivery WHERE endpoint = $1");
        command.Parameters.Add(new() { Value = endpoint });
        var ids = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
