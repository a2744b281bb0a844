namespace Orders.Tests.Bus.Sagas;

internal sealed class ParcelData : ContainSagaData
{
    public string Code { get; set; } = "";

    public int Bookings { get; set; }

    public int Grams { get; set; }
}

/// <summary>What the saga does, as the test says. Unless it says otherwise, it counts, and tells what it has counted.</summary>
internal sealed class ParcelScript
{
    public Func<ParcelSaga, BookParcel, IMessageHandlerContext, Task> OnBook { get; set; } = (saga, message, context) =>
        context.Publish(new ParcelTold(saga.Data.Code, $"booked {++saga.Data.Bookings}"));

    public Func<ParcelSaga, WeighParcel, IMessageHandlerContext, Task> OnWeigh { get; set; } = (saga, message, context) =>
        context.Publish(new ParcelTold(saga.Data.Code, $"weighed {saga.Data.Grams += message.Grams}"));

    public Func<ParcelSaga, ParcelTimer, IMessageHandlerContext, Task> OnTimer { get; set; } = (saga, timer, context) =>
        context.Publish(new ParcelTold(saga.Data.Code, timer.Name));
}

internal sealed class ParcelSaga(ParcelScript script) : Saga<ParcelData>,
    IAmStartedByMessages<BookParcel>,
    IAmStartedByMessages<ParcelShipped>,
    IHandleMessages<WeighParcel>,
    IHandleTimeouts<ParcelTimer>
{
    public Task Handle(BookParcel message, IMessageHandlerContext context) => script.OnBook(this, message, context);

    public Task Handle(ParcelShipped message, IMessageHandlerContext context) => context.Publish(new ParcelTold(message.Code, "shipped"));

    public Task Handle(WeighParcel message, IMessageHandlerContext context) => script.OnWeigh(this, message, context);

    public Task Timeout(ParcelTimer state, IMessageHandlerContext context) => script.OnTimer(this, state, context);

    public void End() => MarkAsComplete();

    public Task TimerAsync(IMessageHandlerContext context, TimeSpan within, string name) => RequestTimeout(context, within, new ParcelTimer(Data.Code, name));

    public Task AnswerAsync(IMessageHandlerContext context, string what) => ReplyToOriginator(context, new ParcelAnswered(Data.Code, what));

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<ParcelData> mapper) => mapper
        .MapSaga(saga => saga.Code)
        .ToMessage<BookParcel>(message => message.Code)
        .ToMessage<ParcelShipped>(message => message.Code)
        .ToMessage<WeighParcel>(message => message.Code);
}

internal sealed class InsuranceData : ContainSagaData
{
    public string Code { get; set; } = "";
}

/// <summary>Hears of the same event as <see cref="ParcelSaga"/>.</summary>
internal sealed class InsuranceSaga : Saga<InsuranceData>, IAmStartedByMessages<ParcelShipped>
{
    public Task Handle(ParcelShipped message, IMessageHandlerContext context) => context.Publish(new ParcelTold(message.Code, "insured"));

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<InsuranceData> mapper) => mapper
        .MapSaga(saga => saga.Code)
        .ToMessage<ParcelShipped>(message => message.Code);
}
