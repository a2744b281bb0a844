using Npgsql;

namespace Orders.Bus.Storage;

/// <summary>Tells a database that is away from a message that is at fault.</summary>
public static class Database
{
    /// <summary>True where no message is to blame: the connection broke, or the server is stopping, starting or out of connections.</summary>
    public static bool IsDown(Exception exception) => exception switch
    {
        StatementTimeoutException => false,
        // Classes 08 (connection), 57P (operator intervention), 53 (resources) and idle_in_transaction_session_timeout, of
        // PostgreSQL's error codes (appendix A).
        PostgresException { SqlState: var state } => state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state == "25P03",
        NpgsqlException => true,
        _ => exception.InnerException is { } inner && IsDown(inner),
    };

    /// <summary>True where the client's time for a statement, or for a connection, was over.</summary>
    public static bool IsTimeout(Exception exception) => exception is NpgsqlException { InnerException: TimeoutException }
        || (exception.InnerException is { } inner && IsTimeout(inner));
}

/// <summary>A statement took longer than its time limit and its connection still answers: the message is at fault, not the database.</summary>
public sealed class StatementTimeoutException(Exception inner)
    : Exception("A statement took longer than its command timeout. Mend the handler's query, or what blocks it, then retry.", inner);
