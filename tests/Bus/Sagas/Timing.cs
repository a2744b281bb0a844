using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Sagas;

public abstract class Timing(Bed bed) : SagaSuite(bed)
{
    [Fact]
    public async Task Several_timeouts_come_in_the_order_of_their_times()
    {
        Script.OnBook = async (saga, _, context) =>
        {
            await saga.TimerAsync(context, TimeSpan.FromHours(3), "third");
            await saga.TimerAsync(context, TimeSpan.FromHours(1), "first");
            await saga.TimerAsync(context, TimeSpan.FromHours(2), "second");
            await context.Publish(new ParcelTold(saga.Data.Code, "booked"));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        Assert.Equal(["booked"], await ToldAsync(1));
        await ShiftAsync(parcels, TimeSpan.FromMinutes(61));
        Assert.Equal(["first"], await ToldAsync(1));
        await ShiftAsync(parcels, TimeSpan.FromHours(4));
        Assert.Equal(["second", "third"], await ToldAsync(2));
    }

    [Fact]
    public async Task A_timeout_that_comes_after_the_sagas_end_is_dropped()
    {
        Script.OnBook = async (saga, _, context) =>
        {
            await saga.TimerAsync(context, TimeSpan.FromHours(1), "first");
            await saga.TimerAsync(context, TimeSpan.FromHours(1), "second");
            await saga.TimerAsync(context, TimeSpan.FromHours(9), "much later");
        };
        Script.OnTimer = (saga, timer, context) =>
        {
            saga.End();
            return context.Publish(new ParcelTold(saga.Data.Code, timer.Name));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        await Eventually.TrueAsync(() => parcels.ScalarAsync<bool>("select count(*) = 3 from bus.delayed"));
        // Two are due at once: the first of them ends the saga, the other is on its way already.
        await ShiftAsync(parcels, TimeSpan.FromMinutes(61));

        Assert.Equal(["first"], await ToldAsync(1));
        await RestsAsync(parcels);
        await RestsAsync(customer);
        Assert.Single(Told.All);
        Assert.Equal(0, await SagasAsync(parcels));
        Assert.Equal(0, await parcels.ScalarAsync<long>("select count(*) from bus.delayed"));
    }

    [Fact]
    public async Task A_saga_answers_who_started_it_also_from_a_timeout()
    {
        Script.OnBook = (saga, _, context) => saga.TimerAsync(context, TimeSpan.FromHours(1), "time is up");
        Script.OnWeigh = (saga, _, context) => saga.AnswerAsync(context, "weighed");
        Script.OnTimer = (saga, timer, context) => saga.AnswerAsync(context, timer.Name);
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        await Eventually.TrueAsync(() => parcels.ScalarAsync<bool>("select exists (select from bus.delayed)"));
        await SendAsync(customer, new WeighParcel(Code, 5));
        Assert.Equal("weighed", Assert.Single(await Answered.TakeAsync(1)).What);
        await ShiftAsync(parcels, TimeSpan.FromMinutes(61));

        Assert.Equal("time is up", Assert.Single(await Answered.TakeAsync(1)).What);
        await RestsAsync(parcels);
    }
}

public sealed class TimingOverPostgres(PostgresServer databases) : Timing(new PostgresBed(databases));

public sealed class TimingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Timing(new RabbitMqBed(databases, broker));
