using System.Security.Cryptography;
using Npgsql;

namespace Orders.Hosting.Access;

/// <summary>Secrets that all processes on one database share: made by the first one, read by the others at start-up.</summary>
internal sealed class Secrets
{
    private byte[]? orderAccess;

    public byte[] OrderAccess => orderAccess
        ?? throw new InvalidOperationException("The secrets are not loaded yet: issue tokens after the process has started.");

    internal static Secrets Of(byte[] orderAccess) => new() { orderAccess = orderAccess };

    public async Task LoadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO hosting.secret (name, value) VALUES ('order-access', $1)
            ON CONFLICT (name) DO UPDATE SET name = excluded.name
            RETURNING value
            """);
        command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
        orderAccess = (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
