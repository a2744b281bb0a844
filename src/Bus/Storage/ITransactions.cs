using Npgsql;

namespace Orders.Bus.Storage;

/// <summary>Business writes and messages in one transaction, from outside a handler: an HTTP request or a scheduled job.</summary>
public interface ITransactions
{
    /// <summary>
    /// Runs the work in a transaction and a service scope of its own, stores the endpoint's participants (its DbContext
    /// included), writes the messages that the work sent, commits, and wakes the receivers. Throws what the work throws, with
    /// nothing written.
    /// </summary>
    Task<T> RunAsync<T>(string endpoint, Func<ITransaction, Task<T>> work, CancellationToken cancellationToken);
}

/// <summary>One open transaction. What is sent through it leaves with its commit.</summary>
public interface ITransaction : IPipelineContext
{
    /// <summary>The scope: its DbContexts and <see cref="BatchStorage"/> are on this transaction.</summary>
    IServiceProvider Services { get; }

    NpgsqlConnection Connection { get; }

    NpgsqlTransaction Transaction { get; }
}

/// <summary>Shorthand.</summary>
public static class TransactionsExtensions
{
    public static Task RunAsync(
        this ITransactions transactions, string endpoint, Func<ITransaction, Task> work, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            endpoint,
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellationToken);
}
