using Npgsql;
using Orders.Bus.Storage;
using Orders.Hosting;

namespace Orders.Inventory.Adjusting;

/// <summary>Adjustments by caller and idempotency key, each with the balances that it was answered with.</summary>
internal sealed class Adjustments(BatchStorage storage)
{
    // A second request with the same key waits here until the first has committed, and then finds its row.
    private const string Claim =
        """
        INSERT INTO inventory.adjustment (caller, key, sku, delta, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    private const string Find = "SELECT sku, delta, reason, on_hand, held FROM inventory.adjustment WHERE caller = $1 AND key = $2";

    private const string Answer = "UPDATE inventory.adjustment SET on_hand = $3, held = $4 WHERE caller = $1 AND key = $2";

    /// <returns>True where the key is new.</returns>
    public async Task<bool> ClaimAsync(
        string caller, string key, StockAdjustmentBody body, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command(Claim, caller, key, body.Sku, body.Delta, body.Reason, at.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The answer that was given to the same request before.</summary>
    /// <exception cref="ProblemException">422 where the request was another.</exception>
    public async Task<AdjustedStock> ReplayAsync(string caller, string key, StockAdjustmentBody body, CancellationToken cancellationToken)
    {
        await using var command = Command(Find, caller, key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException("The key is taken but its adjustment is gone. Nothing deletes adjustments: look who did.");
        }

        var before = new StockAdjustmentBody(reader.GetString(0), reader.GetInt64(1), reader.GetString(2));
        var (onHand, held) = (reader.GetInt64(3), reader.GetInt64(4));
        return before == body
            ? new(body.Sku, onHand, held, onHand - held)
            : throw new ProblemException(
                422, "idempotency-key-reused", "This key was used for another adjustment. Use a new key for each adjustment.");
    }

    public async Task AnswerAsync(string caller, string key, AdjustedStock answer, CancellationToken cancellationToken)
    {
        await using var command = Command(Answer, caller, key, answer.OnHand, answer.Held);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, storage.Connection, storage.Transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
