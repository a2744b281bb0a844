namespace Orders.Tests.Support.Shopping;

/// <summary>
/// Confirms with one key until it is answered, whatever becomes of the hosts meanwhile; one shop after the other where there
/// are several fronts of the same.
/// </summary>
internal sealed class StubbornClient(IReadOnlyList<Shop> shops, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private int repeated;

    /// <summary>How many confirms were sent again because no answer, or none that counts, came.</summary>
    public int Repeated => repeated;

    /// <returns>The id of the accepted order.</returns>
    public async Task<string> BuyAsync(string key, string sku, string card, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(shops[attempt % shops.Count], key, sku, card, cancellationToken) is { } id)
            {
                return id;
            }

            Interlocked.Increment(ref repeated);
            await Task.Delay(Between, clock, cancellationToken);
        }
    }

    private static async Task<string?> TryAsync(Shop shop, string key, string sku, string card, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await shop.ConfirmAsync(key, sku, card, cancellationToken);
            return (int)answer.StatusCode is 409 or >= 500 ? null : await Shop.OrderIdAsync(answer, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Refused, cut or silent: nobody knows whether the order was accepted. The same key finds out.
            return null;
        }
    }
}
