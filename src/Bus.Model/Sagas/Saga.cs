namespace Orders.Bus;

/// <summary>A long-running process: state that messages move, one at a time.</summary>
public abstract class Saga
{
    private protected Saga()
    {
    }

    /// <summary>The saga's state.</summary>
    public IContainSagaData Entity { get; set; } = null!;

    /// <summary>True once the saga has ended.</summary>
    public bool Completed { get; private set; }

    internal abstract SagaMapping Mapping();

    protected void MarkAsComplete() => Completed = true;

    protected Task ReplyToOriginator(IMessageHandlerContext context, object message)
    {
        if (string.IsNullOrEmpty(Entity.Originator))
        {
            throw new InvalidOperationException(
                $"{GetType().Name} has no originator to reply to: the message that started it carried no reply address.");
        }

        var options = new ReplyOptions();
        options.SetDestination(Entity.Originator);
        if (Entity.OriginalMessageId is { } id)
        {
            options.SetHeader(Headers.CorrelationId, id);
        }

        return context.Reply(message, options);
    }

    protected Task RequestTimeout<TTimeoutMessageType>(IMessageHandlerContext context, DateTimeOffset at)
        where TTimeoutMessageType : new() => RequestTimeout(context, at, new TTimeoutMessageType());

    protected Task RequestTimeout<TTimeoutMessageType>(
        IMessageHandlerContext context, DateTimeOffset at, TTimeoutMessageType timeoutMessage)
    {
        var options = TimeoutOptions();
        options.DoNotDeliverBefore(at);
        return context.Send(timeoutMessage!, options);
    }

    protected Task RequestTimeout<TTimeoutMessageType>(IMessageHandlerContext context, TimeSpan within)
        where TTimeoutMessageType : new() => RequestTimeout(context, within, new TTimeoutMessageType());

    protected Task RequestTimeout<TTimeoutMessageType>(
        IMessageHandlerContext context, TimeSpan within, TTimeoutMessageType timeoutMessage)
    {
        var options = TimeoutOptions();
        options.DelayDeliveryWith(within);
        return context.Send(timeoutMessage!, options);
    }

    private SendOptions TimeoutOptions() => TimeoutOptions(Entity.Id, GetType());

    internal static SendOptions TimeoutOptions(Guid id, Type saga)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        options.SetHeader(Headers.SagaId, id.ToString());
        options.SetHeader(Headers.SagaType, saga.Name);
        options.SetHeader(Headers.IsSagaTimeoutMessage, bool.TrueString);
        return options;
    }
}

/// <summary>A saga with its data. Holds no other state and does no I/O.</summary>
public abstract class Saga<TSagaData> : Saga
    where TSagaData : class, IContainSagaData, new()
{
    public TSagaData Data
    {
        get => (TSagaData)Entity;
        set => Entity = value;
    }

    protected abstract void ConfigureHowToFindSaga(SagaPropertyMapper<TSagaData> mapper);

    internal override SagaMapping Mapping()
    {
        var mapper = new SagaPropertyMapper<TSagaData>();
        ConfigureHowToFindSaga(mapper);
        return mapper.Build(GetType());
    }
}
