using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Bus.Sagas;
using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.History;

/// <summary>What a saga did is in its history, and today's code does it again.</summary>
public abstract class RecordingHistory(Bed bed) : SagaSuite(bed)
{
    [Fact]
    public async Task Every_step_is_recorded_with_what_it_heard_kept_and_said()
    {
        var history = await LiveAsync();

        Assert.Equal([1, 2, 3], history.Select(step => step.Step));
        Assert.Equal(["parcels.book-parcel", "parcels.weigh-parcel", "parcels.parcel-timer"], history.Select(step => step.Message.Type));
        Assert.Equal([false, false, true], history.Select(step => step.Timeout));
        Assert.Equal([false, false, true], history.Select(step => step.Completed));
        Assert.Equal([SendKinds.Timeout, SendKinds.Reply], history[0].Sent.Select(sent => sent.Kind));
        Assert.Equal(TimeSpan.FromHours(1), history[0].Sent[0].Delay);
        Assert.Equal(5, history[1].State.GetProperty("Grams").GetInt32());
        Assert.Equal("{\"Code\":\"A-1\",\"What\":\"weighed 5\"}", history[1].Sent.Single().Body.GetRawText());
        Assert.Equal("sender", history[0].Message.Headers[Headers.OriginatingEndpoint]);
    }

    [Fact]
    public async Task Todays_code_does_it_again_and_another_does_not()
    {
        var history = await LiveAsync();
        var replay = new SagaReplay<ParcelSaga, ParcelData>(ParcelMessages.All, ParcelJson.Default.ParcelData, _ => new(Script));

        Assert.Null(replay.Run(history));
        Script.OnWeigh = (saga, message, context) => context.Publish(new ParcelTold(saga.Data.Code, $"weighed {saga.Data.Grams += message.Grams + 1}"));
        var divergence = replay.Run(history);

        Assert.Equal(2, divergence?.Step.Step);
        Assert.Equal(["state.Grams", "sent[0].body.What"], divergence!.Differences.Select(difference => difference.Path));
    }

    [Fact]
    public async Task What_was_rolled_back_was_no_step()
    {
        var failures = 0;
        Script.OnBook = async (saga, _, context) =>
        {
            await context.Publish(new ParcelTold(saga.Data.Code, $"booked {++saga.Data.Bookings}"));
            if (failures++ < 2)
            {
                throw new InvalidOperationException("Not yet.");
            }
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync(immediate: 3);

        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);

        Assert.Equal(3, failures);
        Assert.Equal(1, Assert.Single(await HistoryAsync(parcels)).State.GetProperty("Bookings").GetInt32());
    }

    [Fact]
    public async Task Nothing_is_recorded_where_it_is_switched_off()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await Bed.StartAsync("worker", endpoint =>
        {
            endpoint.Services.AddSingleton(Script).AddSingleton(new HistoryOptions(IsOn: false));
            endpoint.Saga<ParcelSaga, ParcelData>(ParcelJson.Default.ParcelData);
        });

        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);

        Assert.Empty(await HistoryAsync(parcels));
    }

    /// <returns>The history of a parcel that is booked, weighed, and ended by its timer.</returns>
    private async Task<List<HistoryStep>> LiveAsync()
    {
        Script.OnBook = async (saga, _, context) =>
        {
            await saga.TimerAsync(context, TimeSpan.FromHours(1), "collect");
            await saga.AnswerAsync(context, $"booked {++saga.Data.Bookings}");
        };
        Script.OnTimer = (saga, timer, context) =>
        {
            saga.End();
            return context.Publish(new ParcelTold(saga.Data.Code, timer.Name));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await SendAsync(customer, new BookParcel(Code, 1));
        await Answered.TakeAsync(1);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await ToldAsync(1);
        await ShiftAsync(parcels, TimeSpan.FromHours(2));
        await ToldAsync(1);
        return await HistoryAsync(parcels);
    }

    private static async Task<List<HistoryStep>> HistoryAsync(TestBus parcels) =>
        await parcels.Services.GetRequiredService<SagaHistory>().ReadAsync<ParcelSaga>(Code, TestContext.Current.CancellationToken).ToListAsync();
}

public sealed class RecordingHistoryOverPostgres(PostgresServer databases) : RecordingHistory(new PostgresBed(databases));

public sealed class RecordingHistoryOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : RecordingHistory(new RabbitMqBed(databases, broker));
