using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Sagas;

public abstract class Undoing(Bed bed) : SagaSuite(bed)
{
    private int attempts;

    [Fact]
    public async Task A_delayed_retry_goes_on_from_the_state_before_the_failure()
    {
        Script.OnWeigh = async (saga, message, context) =>
        {
            saga.Data.Grams += message.Grams;
            await context.Publish(new ParcelTold(saga.Data.Code, $"weighed {saga.Data.Grams}"));
            if (Interlocked.Increment(ref attempts) < 3)
            {
                throw new InvalidOperationException("The scales are not ready.");
            }
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync(delayed: 1);

        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await Eventually.TrueAsync(() => parcels.ScalarAsync<bool>("select exists (select from bus.delayed where retries = 1)"));
        // The saga is not held up meanwhile.
        await SendAsync(customer, new BookParcel(Code, 2));
        Assert.Equal(["booked 2"], await ToldAsync(1));
        await ShiftAsync(parcels, TimeSpan.FromHours(2));

        Assert.Equal(["weighed 5"], await ToldAsync(1));
        await RestsAsync(parcels);
        await RestsAsync(customer);
        Assert.Equal(3, Told.All.Count);
    }

    [Fact]
    public async Task A_failure_leaves_neither_saga_nor_timeout_nor_message()
    {
        Script.OnBook = async (saga, _, context) =>
        {
            saga.Data.Bookings = 7;
            await saga.TimerAsync(context, TimeSpan.FromHours(1), "never");
            await context.Publish(new ParcelTold(saga.Data.Code, "never"));
            throw new InvalidOperationException("Booked out.");
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync(immediate: 1);

        await SendAsync(customer, new BookParcel(Code, 1));

        await FailedAsync(parcels, "Booked out.");
        Assert.Equal(0, await SagasAsync(parcels));
        Assert.Equal(0, await parcels.ScalarAsync<long>("select count(*) from bus.delayed"));
        Assert.Equal(0, await parcels.ScalarAsync<long>("select count(*) from bus.message where type in ('parcels.parcel-told', 'parcels.parcel-timer')"));
        Assert.Empty(Told.All);
    }

    [Fact]
    public async Task A_failure_undoes_neither_what_came_before_nor_another_saga()
    {
        Script.OnWeigh = (saga, _, _) =>
        {
            saga.Data.Bookings = 100;
            saga.End();
            throw new InvalidOperationException("Too heavy.");
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await InOneTransactionAsync(customer, "sender", async transaction =>
        {
            await transaction.Send(new BookParcel(Code, 1));
            await transaction.Send(new BookParcel("B-2", 2));
        });
        await ToldAsync(2);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await FailedAsync(parcels, "Too heavy.");
        await SendAsync(customer, new BookParcel(Code, 3));
        await SendAsync(customer, new BookParcel("B-2", 4));

        Assert.Equal(["booked 2", "booked 2"], await ToldAsync(2));
    }
}

public sealed class UndoingOverPostgres(PostgresServer databases) : Undoing(new PostgresBed(databases));

public sealed class UndoingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Undoing(new RabbitMqBed(databases, broker));
