using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Bus.Sagas;
using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.History;

/// <summary>A saga's steps, run again on other code.</summary>
public sealed class ForkTests(PostgresServer databases) : SagaSuite(new PostgresBed(databases))
{
    [Fact]
    public async Task A_saga_that_ended_by_mistake_goes_on()
    {
        Script.OnWeigh = (saga, message, context) =>
        {
            saga.Data.Grams = message.Grams;
            saga.End();
            return context.Publish(new ParcelTold(saga.Data.Code, "too heavy"));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);
        Assert.Equal(0, await SagasAsync(parcels));

        Script.OnWeigh = new ParcelScript().OnWeigh;
        var plan = await PlanAsync(parcels, 2);
        Assert.Equal(["too heavy"], Whats(plan.NoLongerSent));
        Assert.Equal(["weighed 5"], Whats(plan.ToSend));
        await ApplyAsync(parcels, plan);

        Assert.Equal(["weighed 5"], await ToldAsync(1));
        await SendAsync(customer, new WeighParcel(Code, 2));
        Assert.Equal(["weighed 7"], await ToldAsync(1));
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
        await RestsAsync(parcels);
    }

    [Fact]
    public async Task What_a_mistaken_end_swallowed_is_run_as_well()
    {
        Script.OnWeigh = (saga, _, context) =>
        {
            saga.End();
            return context.Publish(new ParcelTold(saga.Data.Code, "too heavy"));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await Bed.StartAsync("worker", endpoint =>
        {
            endpoint.Services.AddSingleton(Script);
            endpoint.Saga<ParcelSaga, ParcelData>(ParcelJson.Default.ParcelData, keepCompleted: TimeSpan.FromDays(1));
        });
        await BookAndWeighAsync(customer);
        await SendAsync(customer, new WeighParcel(Code, 2));
        await Eventually.TrueAsync(() => parcels.ScalarAsync<bool>("select count(*) = 3 from bus.history"));
        Assert.Equal([false, false, true], (await HistoryAsync(parcels)).Select(step => step.Swallowed));
        Assert.NotNull(Replay().Run([.. (await HistoryAsync(parcels)).Select(step => step with { Swallowed = false })]));
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
        await Assert.ThrowsAsync<ForkRefusedException>(() => PlanAsync(parcels, 3));

        Script.OnWeigh = new ParcelScript().OnWeigh;
        var plan = await PlanAsync(parcels, 2);
        Assert.Equal(["weighed 5", "weighed 7"], Whats(plan.ToSend));
        await ApplyAsync(parcels, plan);

        Assert.Equal(["weighed 5", "weighed 7"], await ToldAsync(2));
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
        await RestsAsync(parcels);
    }

    [Fact]
    public async Task A_timeout_that_is_asked_for_no_more_is_taken_back_and_another_counts_from_its_step()
    {
        Script.OnWeigh = (saga, _, context) => saga.TimerAsync(context, TimeSpan.FromHours(1), "wrong");
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await Eventually.TrueAsync(() => parcels.ScalarAsync<bool>("select count(*) = 1 from bus.delayed"));

        Script.OnWeigh = (saga, _, context) => saga.TimerAsync(context, TimeSpan.FromHours(2), "right");
        await ApplyAsync(parcels, await PlanAsync(parcels, 2));

        var weighed = (await HistoryAsync(parcels))[1].At;
        Assert.Equal(weighed.AddHours(2).UtcDateTime, await parcels.ScalarAsync<DateTime>("select due_at from bus.delayed"));
        await ShiftAsync(parcels, TimeSpan.FromHours(3));
        Assert.Equal(["right"], await ToldAsync(1));
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
    }

    [Fact]
    public async Task Timeouts_that_a_mistaken_end_took_with_it_are_asked_for_again_and_only_once()
    {
        Script.OnBook = (saga, _, context) => saga.TimerAsync(context, TimeSpan.FromHours(1), "booked");
        Script.OnWeigh = async (saga, message, context) =>
        {
            await saga.TimerAsync(context, TimeSpan.FromHours(2), "weighed");
            await context.Publish(new ParcelTold(saga.Data.Code, "too heavy"));
            saga.End();
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await SendAsync(customer, new BookParcel(Code, 1));
        await SendAsync(customer, new WeighParcel(Code, 5));
        await ToldAsync(1);
        Assert.Equal(0, await parcels.ScalarAsync<long>("select count(*) from bus.delayed"));

        Script.OnWeigh = (saga, _, context) => saga.TimerAsync(context, TimeSpan.FromHours(2), "weighed");
        var plan = await PlanAsync(parcels, 2);
        Assert.Equal([SendKinds.Timeout, SendKinds.Timeout], plan.ToSend.Select(send => send.Kind));
        await ApplyAsync(parcels, plan);
        var again = await PlanAsync(parcels, 2);
        Assert.Empty(again.ToSend);
        Assert.Equal(["too heavy"], Whats(again.NoLongerSent));
        await ApplyAsync(parcels, again);

        Assert.Equal(2, await parcels.ScalarAsync<long>("select count(*) from bus.delayed"));
        await ShiftAsync(parcels, TimeSpan.FromHours(3));
        Assert.Equal(["booked", "weighed"], (await ToldAsync(2)).Order());
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
    }

    [Fact]
    public async Task A_saga_that_begins_anew_after_its_end_replays()
    {
        Script.OnWeigh = (saga, _, context) =>
        {
            saga.End();
            return context.Publish(new ParcelTold(saga.Data.Code, "weighed"));
        };
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);

        await SendAsync(customer, new BookParcel(Code, 1));
        Assert.Equal(["booked 1"], await ToldAsync(1));

        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
    }

    [Theory]
    [InlineData("update bus.saga set data = (data::jsonb || '{\"Grams\": 9}')::text")]
    [InlineData("delete from bus.saga")]
    public async Task A_history_that_is_not_whole_is_refused(string unrecordedStep)
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);
        await parcels.ExecuteAsync(unrecordedStep);

        var refusal = await Assert.ThrowsAsync<ForkRefusedException>(() => PlanAsync(parcels, 2));

        Assert.Contains("Not every step", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_fails_at_a_step_is_refused_and_nothing_changes()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);
        var before = await StateAsync(parcels);

        Script.OnWeigh = (_, _, _) => throw new NotSupportedException("No scales.");
        var refusal = await Assert.ThrowsAsync<ForkRefusedException>(() => PlanAsync(parcels, 1));

        Assert.Contains("Step 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("No scales.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(parcels));
    }

    [Fact]
    public async Task A_step_that_was_run_again_is_none_to_fork_from()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);
        Script.OnWeigh = (saga, message, context) => context.Publish(new ParcelTold(saga.Data.Code, $"weighs {saga.Data.Grams += message.Grams}"));
        await ApplyAsync(parcels, await PlanAsync(parcels, 1));
        await ToldAsync(1);

        await Assert.ThrowsAsync<ForkRefusedException>(() => PlanAsync(parcels, 2));
        await Assert.ThrowsAsync<ForkRefusedException>(() => PlanAsync(parcels, 3));

        // The first one holds no more either, but all from the beginning may be run again.
        Script.OnWeigh = (saga, message, context) => context.Publish(new ParcelTold(saga.Data.Code, $"is {saga.Data.Grams += message.Grams}"));
        var plan = await PlanAsync(parcels, 1);
        Assert.Equal(["is 5"], Whats(plan.ToSend));
        await ApplyAsync(parcels, plan);
        Assert.Equal(["is 5"], await ToldAsync(1));
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
    }

    [Fact]
    public async Task A_message_that_comes_meanwhile_is_not_lost_and_the_plan_is_looked_at_again()
    {
        await using var customer = await StartCustomerAsync();
        await using var parcels = await StartParcelsAsync();
        await BookAndWeighAsync(customer);
        Script.OnWeigh = (saga, message, context) => context.Publish(new ParcelTold(saga.Data.Code, $"is {saga.Data.Grams += message.Grams}"));
        var plan = await PlanAsync(parcels, 2);

        await SendAsync(customer, new WeighParcel(Code, 2));
        Assert.Equal(["is 7"], await ToldAsync(1));
        var changed = await Assert.ThrowsAsync<ForkChangedException>(() => ApplyAsync(parcels, plan));
        await ApplyAsync(parcels, changed.Now);

        // "is 7" was said already, and is said once.
        Assert.Equal(["is 5"], await ToldAsync(1));
        await RestsAsync(parcels);
        Assert.Null(Replay().Run(await HistoryAsync(parcels)));
    }

    private async Task BookAndWeighAsync(TestBus customer)
    {
        await SendAsync(customer, new BookParcel(Code, 1));
        await ToldAsync(1);
        await SendAsync(customer, new WeighParcel(Code, 5));
        await ToldAsync(1);
    }

    private SagaReplay<ParcelSaga, ParcelData> Replay() => new(ParcelMessages.All, ParcelJson.Default.ParcelData, _ => new(Script));

    private static async Task<ForkPlan> PlanAsync(TestBus parcels, int fromStep) =>
        (await parcels.Services.GetRequiredService<SagaForks>().PlanAsync<ParcelSaga>(Code, fromStep, TestContext.Current.CancellationToken))!;

    private static async Task ApplyAsync(TestBus parcels, ForkPlan plan) => Assert.NotNull(await parcels.Services.GetRequiredService<SagaForks>()
        .ApplyAsync<ParcelSaga>(Code, plan.FromStep, plan.Fingerprint, "somebody", "a test", TestContext.Current.CancellationToken));

    private static async Task<List<HistoryStep>> HistoryAsync(TestBus parcels) =>
        await parcels.Services.GetRequiredService<SagaHistory>().ReadAsync<ParcelSaga>(Code, TestContext.Current.CancellationToken).ToListAsync();

    private static Task<string> StateAsync(TestBus parcels) => parcels.ScalarAsync<string>(
        "select concat((select string_agg(saga::text, ',') from bus.saga), (select count(*) from bus.history), (select count(*) from bus.message), (select count(*) from bus.audit))");

    private static IEnumerable<string> Whats(IEnumerable<RecordedSend> sends) => sends.Select(send => send.Body.GetProperty("What").GetString()!);
}
