using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Simulators.Faults;
using Orders.Simulators.Ownership;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Carrier;

/// <summary>
/// All carriers behind one gateway. Decides in memory and answers when everything decided so far is on disk; loads its
/// bookings with the first call. Thread-safe.
/// </summary>
internal sealed class CarrierSimulator : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly SemaphoreSlim loading = new(1);
    private readonly ConcurrentDictionary<string, bool> repliesLost = new(StringComparer.Ordinal);
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly FaultSwitch faults;
    private readonly CoalescingWriter<Booking> writer;
    private Task lastWrite = Task.CompletedTask;
    private volatile BookingRegister? register;

    public CarrierSimulator(
        NpgsqlDataSource dataSource,
        Owner owner,
        TimeProvider clock,
        ILogger<CarrierSimulator> logger,
        [FromKeyedServices(Simulator.Carrier)] FaultSwitch faults)
    {
        (this.dataSource, this.clock, this.faults) = (dataSource, clock, faults);
        owner.Taken += () => register = null;
        writer = new(dataSource, BookingTable.StoreAsync, clock, logger);
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
    public async Task<IReadOnlyList<Booking>> ListAsync(CancellationToken cancellationToken)
    {
        var loaded = await LoadedAsync(cancellationToken);
        lock (guard)
        {
            return [.. loaded.All];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        loading.Dispose();
    }

    private async Task FailIfToldToAsync(CancellationToken cancellationToken)
    {
        if (await faults.FailsAsync(cancellationToken))
        {
            throw new CarrierUnavailableException();
        }
    }

    private async Task<T> DurablyAsync<T>(Func<BookingRegister, (T Answer, bool Changed)> decide, CancellationToken cancellationToken)
    {
        var loaded = await LoadedAsync(cancellationToken);
        T answer;
        Task written;
        lock (guard)
        {
            (answer, var changed) = decide(loaded);
            written = changed && answer is Booking booking ? lastWrite = writer.WriteAsync(booking) : lastWrite;
        }

        await written.WaitAsync(cancellationToken);
        return answer;
    }

    private async ValueTask<BookingRegister> LoadedAsync(CancellationToken cancellationToken)
    {
        if (register is { } loaded)
        {
            return loaded;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (register is { } other)
            {
                return other;
            }

            // What the books before decided is on disk, or never will be, when they are read again; who failed has been told.
            var pending = lastWrite;
            await pending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            var read = new BookingRegister(await BookingTable.ReadAllAsync(dataSource, cancellationToken));
            _ = Interlocked.CompareExchange(ref lastWrite, Task.CompletedTask, pending);
            return register = read;
        }
        finally
        {
            loading.Release();
        }
    }
}
