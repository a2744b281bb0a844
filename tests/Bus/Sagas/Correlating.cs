using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Sagas;

public abstract class Correlating(Bed bed) : SagaSuite(bed)
{
    [Fact]
    public async Task Messages_that_start_one_saga_at_the_same_time_start_one()
    {
        await using var customer = await StartCustomerAsync();
        await using var first = await StartParcelsAsync(immediate: 20);
        await using var second = await StartParcelsAsync(immediate: 20);

        await Task.WhenAll(Enumerable.Range(1, 40).Select(number => SendAsync(customer, new BookParcel(Code, number))));

        Assert.Equal(
            Enumerable.Range(1, 40).Select(count => $"booked {count}").Order(StringComparer.Ordinal),
            (await ToldAsync(40)).Order(StringComparer.Ordinal));
        Assert.Equal(1, await SagasAsync(first));
        await RestsAsync(first);
    }

    [Fact]
    public async Task A_message_that_would_start_it_finds_the_one_that_exists()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        Assert.Equal(["booked 1"], await ToldAsync(1));
        await SendAsync(customer, new BookParcel(Code, 2));
        Assert.Equal(["booked 2"], await ToldAsync(1));
        await SendAsync(customer, new BookParcel("A-2", 3));
        Assert.Equal(["booked 1"], await ToldAsync(1));

        Assert.Equal(2, await SagasAsync(parcels));
    }

    [Fact]
    public async Task A_message_that_finds_none_and_starts_none_is_dropped()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new WeighParcel("nobody's", 5));
        await SendAsync(customer, new BookParcel(Code, 1));

        Assert.Equal(["booked 1"], await ToldAsync(1));
        await RestsAsync(parcels);
        Assert.Equal(1, await SagasAsync(parcels));
    }

    [Fact]
    public async Task A_saga_that_changes_its_correlated_value_is_refused_and_stays_as_it_was()
    {
        Script.OnWeigh = (saga, _, _) =>
        {
            saga.Data.Code = "another";
            return Task.CompletedTask;
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);
        await SendAsync(customer, new WeighParcel(Code, 5));

        await FailedAsync(parcels, "changed its correlation property Code from 'A-1' to 'another'");
        await SendAsync(customer, new BookParcel(Code, 2));
        Assert.Equal(["booked 2"], await ToldAsync(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_message_without_a_value_goes_to_the_error_queue_and_starts_nothing(string? code)
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(code, 1));

        await FailedAsync(parcels, "carries no value for ParcelSaga.Code");
        Assert.Equal(0, await SagasAsync(parcels));
    }

    [Fact]
    public async Task A_value_may_hold_any_characters_and_upper_and_lower_case_differ()
    {
        string[] codes = ["'; drop table bus.saga; --", "日本 🎁", " a b ", "\"\\/\n\t", "\u00e9", "e\u0301", "CASE", "case", new('x', 5000)];
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        foreach (var (number, code) in codes.Index())
        {
            await SendAsync(customer, new BookParcel(code, number));
        }

        Assert.All(await ToldAsync(codes.Length), what => Assert.Equal("booked 1", what));
        foreach (var code in codes)
        {
            await SendAsync(customer, new WeighParcel(code, 5));
        }

        var weighed = await Told.TakeAsync(codes.Length);
        Assert.Equal(codes.Order(StringComparer.Ordinal), weighed.Where(told => told.What == "weighed 5").Select(told => told.Code).Order(StringComparer.Ordinal));
        Assert.Equal(codes.Length, await SagasAsync(parcels));
    }

    [Fact]
    public async Task Two_sagas_hear_of_one_event()
    {
        await using var parcels = await StartParcelsAsync();
        await using var customer = await StartCustomerAsync();

        await InOneTransactionAsync(customer, "sender", transaction => transaction.Publish(new ParcelShipped(Code)));

        Assert.Equal(["insured", "shipped"], (await ToldAsync(2)).Order(StringComparer.Ordinal));
        Assert.Equal(2, await SagasAsync(parcels));
    }

    [Fact]
    public async Task A_value_may_be_used_again_after_its_saga_has_completed()
    {
        Script.OnWeigh = (saga, _, _) =>
        {
            saga.End();
            return Task.CompletedTask;
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();

        await SendAsync(customer, new BookParcel(Code, 1));
        await SendAsync(customer, new BookParcel(Code, 2));
        await ToldAsync(2);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await Eventually.TrueAsync(async () => await SagasAsync(parcels) == 0);
        await SendAsync(customer, new BookParcel(Code, 3));

        Assert.Equal(["booked 1"], await ToldAsync(1));
    }
}

public sealed class CorrelatingOverPostgres(PostgresServer databases) : Correlating(new PostgresBed(databases));

public sealed class CorrelatingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Correlating(new RabbitMqBed(databases, broker));
