using System.Net.Sockets;
using Npgsql;

namespace Orders.Host.Verify;

/// <summary>What to tell somebody whose database does not answer <c>verify</c>.</summary>
internal static class Unreachable
{
    /// <returns>Null where the fault is another one.</returns>
    public static string? Advice(NpgsqlException fault) => fault switch
    {
        // Appendix A of PostgreSQL's documentation: admin_shutdown, crash_shutdown, cannot_connect_now.
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } =>
            "The database is stopping or starting. Wait until its host has ended, or has printed its ready line, and run verify again.",
        PostgresException => null,
        _ when fault.InnerException is SocketException or TimeoutException or IOException =>
            $"The database does not answer ({fault.Message}). Check --connection, and that the server runs; then run verify again.",
        _ => null,
    };
}
