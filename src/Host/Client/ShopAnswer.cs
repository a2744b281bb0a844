using System.Net;

namespace Orders.Host.Client;

/// <summary>What the API answered to a request whose refusal is an expected outcome.</summary>
/// <param name="Value">Set where the answer is a success.</param>
/// <param name="Replayed">The API had this idempotency key already: nothing was done.</param>
internal sealed record ShopAnswer<T>(HttpStatusCode Status, T? Value, Problem? Problem, bool Replayed)
    where T : class
{
    public string Refusal => $"{(int)Status} {Problem?.Slug}: {Problem?.Detail}";
}
