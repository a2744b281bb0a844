using Npgsql;
using Orders.Bus.Storage;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>Puts what the CRM answered into the copy, many records a transaction, as the handlers do with what it sends.</summary>
internal sealed class Healing(ITransactions transactions, NpgsqlDataSource database)
{
    private const int Attempts = 5;

    // Reads customer_marked.
    private const string Marked = "SELECT id, reads_asked FROM webhooks.customer WHERE source = $1 AND reads_asked > reads_answered";

    /// <param name="source">Whose records.</param>
    /// <param name="records">As the CRM has them.</param>
    /// <param name="answered">The marked records that were asked for, found or not.</param>
    /// <param name="cancellationToken">Cancels it; nothing is written then.</param>
    public async Task<Tally> ApplyAsync(
        CrmSource source, IReadOnlyList<CrmChange> records, IReadOnlyList<MarkedRecord> answered, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transactions.RunAsync(
                    WebhooksModule.Name, transaction => ApplyAsync(source, records, answered, transaction, cancellationToken), cancellationToken);
            }
            catch (PostgresException first) when (first.SqlState == PostgresErrorCodes.UniqueViolation && attempt < Attempts)
            {
                // A handler heard of one of them for the first time at this moment. Again, with what it wrote.
            }
        }
    }

    public async Task<List<MarkedRecord>> MarkedAsync(CrmSource source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Marked);
        command.Parameters.Add(new() { Value = source.Name });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var marked = new List<MarkedRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            marked.Add(new(reader.GetString(0), reader.GetInt64(1)));
        }

        return marked;
    }

    private static async Task<Tally> ApplyAsync(
        CrmSource source, IReadOnlyList<CrmChange> records, IReadOnlyList<MarkedRecord> answered, ITransaction transaction, CancellationToken cancellationToken)
    {
        var customers = transaction.Services.GetRequiredService<BatchOfCustomers>();
        var book = transaction.Services.GetRequiredService<CustomerBook>();
        await customers.LockAsync(
            records.Select(record => record.RecordId).Concat(answered.Select(marked => marked.Id)).Select(id => new CustomerKey(source.Name, id)), cancellationToken);
        // Erased records stay in the CRM for as long as it likes: they are neither found nor healed, run after run.
        var (found, deleted, healed) = (0, 0, 0);
        foreach (var record in records)
        {
            var merged = await book.ApplyAsync(source.Name, record, transaction);
            if (!merged.IsErased)
            {
                (found, deleted, healed) = (found + 1, deleted + (record.Kind == ChangeKind.Deleted ? 1 : 0), healed + (merged.IsEffective ? 1 : 0));
            }
        }

        foreach (var marked in answered)
        {
            await book.AnsweredAsync(new(source.Name, marked.Id), marked.Number, cancellationToken);
        }

        return new(found - deleted, deleted, healed);
    }
}

/// <summary>A record that the CRM has to be asked about, and the number of the question.</summary>
internal sealed record MarkedRecord(string Id, long Number);
