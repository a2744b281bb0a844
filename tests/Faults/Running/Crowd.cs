using System.Collections.Concurrent;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Faults.Running;

/// <summary>
/// Shoppers who confirm an order each, again and again with its key until it is answered with 202, at one front after the
/// other. What each of them paid with decides how the order has to end.
/// </summary>
internal sealed class Crowd(IReadOnlyList<Uri> fronts, string sku) : IDisposable
{
    /// <summary>Short: who does not answer may be stopped or out of reach, and another front may answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private int others;
    private readonly List<Shop> shops = [.. fronts.Select(front => new Shop(front, Patience))];

    /// <summary>The accepted orders' ids, by shopper.</summary>
    public ConcurrentDictionary<int, string> Accepted { get; } = new();

    /// <param name="orders">How many shoppers come.</param>
    /// <param name="clients">How many of them are served at a time.</param>
    /// <param name="pause">What each waits before it confirms: the fewer come at a time.</param>
    /// <param name="cancellationToken">Sends them home.</param>
    public Task PlaceAsync(int orders, int clients, TimeSpan pause, CancellationToken cancellationToken)
    {
        var first = Accepted.Keys.DefaultIfEmpty(-1).Max() + 1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(Enumerable.Range(first, orders), options, async (number, token) =>
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, TimeProvider.System, token);
            }

            var client = new StubbornClient([.. shops.Skip(number % shops.Count), .. shops.Take(number % shops.Count)], TimeProvider.System);
            Accepted[number] = await client.BuyAsync($"shopper-{number}", sku, CardOf(number), token);
        });
    }

    /// <summary>Adds an order that somebody else has placed, with a card that is good.</summary>
    public void Expect(string orderId) => Accepted[Interlocked.Decrement(ref others)] = orderId;

    /// <summary>Returns once that many orders are accepted.</summary>
    public Task HasAsync(int orders, CancellationToken cancellationToken) => Eventually.NothingIsMissingAsync(
        _ => Task.FromResult(Accepted.Count >= orders ? null : $"{Accepted.Count} orders are accepted, not {orders}"), cancellationToken);

    public static string EndOf(int number) => CardOf(number) == "tok_declined" ? "rejected payment-declined" : "completed";

    public void Dispose() => shops.ForEach(shop => shop.Dispose());

    private static string CardOf(int number) => (number % 20) switch
    {
        3 => "tok_declined",
        7 => "tok_lost_reply",
        11 => "tok_flaky",
        15 => "tok_slow",
        _ => "tok_ok",
    };
}
