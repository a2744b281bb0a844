using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Simulators.Faults;
using Orders.Simulators.Ownership;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Carrier;

/// <summary>All carriers behind one gateway. Thread-safe.</summary>
internal sealed class CarrierSimulator : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> repliesLost = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly FaultSwitch faults;
    private readonly OwnedBooks<BookingRegister, Booking> books;

    public CarrierSimulator(
        NpgsqlDataSource dataSource,
        Owner owner,
        TimeProvider clock,
        ILogger<CarrierSimulator> logger,
        [FromKeyedServices(Simulator.Carrier)] FaultSwitch faults)
    {
        (this.clock, this.faults) = (clock, faults);
        books = new(
            owner,
            new(dataSource, BookingTable.StoreAsync, clock, logger),
            async cancellationToken => new(await BookingTable.ReadAllAsync(dataSource, cancellationToken)));
    }

    /// <summary>Books, or answers what stands under the key already.</summary>
    /// <exception cref="CarrierUnavailableException">It cannot answer now, and did nothing.</exception>
    /// <exception cref="CarrierReplyLostException">The connection is to be cut, whatever it did.</exception>
    public async Task<Booking> BookAsync(string carrier, string key, string reference, string postalCode, CancellationToken cancellationToken)
    {
        await FailIfToldToAsync(cancellationToken);
        var troubled = carrier == PostalCodes.Troubled;
        if (troubled && postalCode == PostalCodes.Silence)
        {
            throw new CarrierReplyLostException();
        }

        var booking = await DurablyAsync(known => known.Book(carrier, key, reference, postalCode, clock.GetUtcNow()), cancellationToken);
        var loses = troubled && booking.TrackingNumber is not null
            && (postalCode == PostalCodes.CollectedInSilence || (postalCode == PostalCodes.LostReply && repliesLost.TryAdd(key, true)));
        return loses ? throw new CarrierReplyLostException() : booking;
    }

    public async Task<Booking> CancelAsync(string carrier, string key, CancellationToken cancellationToken)
    {
        await FailIfToldToAsync(cancellationToken);
        return await DurablyAsync(known => known.Cancel(carrier, key, clock.GetUtcNow()), cancellationToken);
    }

    public async Task<Booking?> FindAsync(string carrier, string key, CancellationToken cancellationToken)
    {
        await FailIfToldToAsync(cancellationToken);
        return await DurablyAsync(known => (known.Find(carrier, key), false), cancellationToken);
    }

    /// <summary>Everything, in the order of its first being heard of. How the simulator is inspected: no fault touches it.</summary>
    public Task<IReadOnlyList<Booking>> ListAsync(CancellationToken cancellationToken) =>
        books.DecideAsync(known => ((IReadOnlyList<Booking>)[.. known.All], (Booking?)null), cancellationToken);

    public ValueTask DisposeAsync() => books.DisposeAsync();

    private async Task FailIfToldToAsync(CancellationToken cancellationToken)
    {
        if (await faults.FailsAsync(cancellationToken))
        {
            throw new CarrierUnavailableException();
        }
    }

    private Task<T> DurablyAsync<T>(Func<BookingRegister, (T Answer, bool Changed)> decide, CancellationToken cancellationToken) => books.DecideAsync(
        known =>
        {
            var (answer, changed) = decide(known);
            return (answer, changed ? answer as Booking : null);
        },
        cancellationToken);
}
