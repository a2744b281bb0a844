using Microsoft.Extensions.DependencyInjection;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Bus.Transport;

namespace Orders.Tests.Bus.Sagas;

/// <summary>What sagas promise, whatever carries their messages: one endpoint has them, another sends and hears.</summary>
public abstract class SagaSuite(Bed bed) : TransportSuite(bed)
{
    private protected const string Code = "A-1";

    private protected Recorder<ParcelTold> Told { get; } = new();

    private protected Recorder<ParcelAnswered> Answered { get; } = new();

    private protected ParcelScript Script { get; } = new();

    private protected Task<TestBus> StartCustomerAsync() =>
        Bed.StartAsync("sender", endpoint => endpoint.On<ParcelTold>(Told.Add).On<ParcelAnswered>(Answered.Add));

    private protected Task<TestBus> StartParcelsAsync(int immediate = 0, int delayed = 0) => Bed.StartAsync("worker", endpoint =>
    {
        endpoint.Services.AddSingleton(Script);
        endpoint.Retries(immediate, delayed)
            .Saga<ParcelSaga, ParcelData>(ParcelJson.Default.ParcelData)
            .Saga<InsuranceSaga, InsuranceData>(ParcelJson.Default.InsuranceData);
    });

    private protected static Task SendAsync(TestBus customer, object message) =>
        InOneTransactionAsync(customer, "sender", transaction => transaction.Send(message));

    private protected async Task<IEnumerable<string>> ToldAsync(int count) => (await Told.TakeAsync(count)).Select(told => told.What);

    private protected static Task ShiftAsync(TestBus bus, TimeSpan time) =>
        bus.ExecuteAsync($"update bus.clock set shift = interval '{(long)time.TotalSeconds} seconds'");

    private protected static Task<long> SagasAsync(TestBus parcels) => parcels.ScalarAsync<long>("select count(*) from bus.saga");

    /// <summary>Nothing is under way here any more, and nothing has failed.</summary>
    private protected static async Task RestsAsync(TestBus bus)
    {
        await IdleAsync(bus);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.failed"));
    }
}
