using Orders.Bus.Testing;

namespace Orders.Tests.Unit.Bus.Testing;

public sealed class TestableSagaTests
{
    private readonly TestableSaga<ParcelSaga, ParcelData> saga = new();

    [Fact]
    public async Task A_started_saga_is_found_again_by_its_value()
    {
        await saga.Handle(new Weigh("a", 2));
        await saga.Handle(new Weigh("b", 5));

        Assert.Equal(5, (await saga.Handle(new Weigh("a", 3))).SagaDataSnapshot.Weight);
    }

    [Fact]
    public async Task A_snapshot_does_not_change_with_later_messages()
    {
        var first = await saga.Handle(new Weigh("a", 2));
        await saga.Handle(new Weigh("a", 3));

        Assert.Equal(2, first.SagaDataSnapshot.Weight);
    }

    [Fact]
    public async Task What_was_said_is_found_by_its_type()
    {
        var result = await saga.Handle(new Weigh("a", 2));

        Assert.Equal(new Weighed("a", 2), result.FindPublishedMessage<Weighed>());
        Assert.Equal(new Label("a"), result.FindSentMessage<Label>());
        Assert.Equal(new Overdue("a"), result.FindTimeoutMessage<Overdue>());
        Assert.Null(result.FindReplyMessage<Weighed>());
    }

    [Fact]
    public async Task Timeouts_come_in_the_order_of_their_time_and_not_before()
    {
        await saga.Handle(new Weigh("late", 2));
        await saga.AdvanceTime(TimeSpan.FromMinutes(1));
        await saga.Handle(new Weigh("later", 60));

        Assert.Empty(await saga.AdvanceTime(TimeSpan.FromMinutes(8)));
        var due = await saga.AdvanceTime(TimeSpan.FromMinutes(2));

        Assert.Equal([new Overdue("late"), new Overdue("later")], due.Select(result => result.HandledMessage));
    }

    [Fact]
    public async Task A_completed_saga_is_gone_and_so_are_its_timeouts()
    {
        await saga.Handle(new Weigh("a", 2));

        Assert.True((await saga.Handle(new Ship("a"))).Completed);
        Assert.Empty(await saga.AdvanceTime(TimeSpan.FromHours(1)));
        Assert.Equal(3, (await saga.Handle(new Weigh("a", 3))).SagaDataSnapshot.Weight);
    }

    [Fact]
    public async Task A_message_that_finds_nothing_and_starts_nothing_is_refused() =>
        Assert.Contains("starts none", (await Refusal(new Ship("a"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_message_that_is_not_mapped_is_refused() =>
        Assert.Contains("does not map", (await Refusal(new Label("a"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_a_saga_throws_comes_out_and_nothing_is_stored()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => saga.Handle(new Weigh("a", -1)));

        Assert.Equal(1, (await saga.Handle(new Weigh("a", 1))).SagaDataSnapshot.Weight);
    }

    private Task<InvalidOperationException> Refusal<T>(T message)
        where T : class => Assert.ThrowsAsync<InvalidOperationException>(() => saga.Handle(message));
}

internal sealed record Weigh(string Parcel, int Weight) : ICommand;

internal sealed record Ship(string Parcel) : ICommand;

internal sealed record Label(string Parcel) : ICommand;

internal sealed record Weighed(string Parcel, int Weight) : IEvent;

internal sealed record Overdue(string Parcel);

internal sealed class ParcelData : ContainSagaData
{
    public string Parcel { get; set; } = "";

    public int Weight { get; set; }
}

internal sealed class ParcelSaga : Saga<ParcelData>, IAmStartedByMessages<Weigh>, IHandleMessages<Ship>, IHandleTimeouts<Overdue>
{
    public async Task Handle(Weigh message, IMessageHandlerContext context)
    {
        if (message.Weight < 0)
        {
            throw new InvalidOperationException("A parcel weighs something.");
        }

        Data.Weight += message.Weight;
        await context.Publish(new Weighed(Data.Parcel, Data.Weight));
        await context.Send(new Label(Data.Parcel));
        await RequestTimeout(context, TimeSpan.FromMinutes(10), new Overdue(Data.Parcel));
    }

    public Task Handle(Ship message, IMessageHandlerContext context)
    {
        MarkAsComplete();
        return Task.CompletedTask;
    }

    public Task Timeout(Overdue state, IMessageHandlerContext context) => Task.CompletedTask;

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<ParcelData> mapper) => mapper
        .MapSaga(saga => saga.Parcel)
        .ToMessage<Weigh>(message => message.Parcel)
        .ToMessage<Ship>(message => message.Parcel);
}
