using Orders.Bus.Activities;

namespace Orders.Tests.Bus.Engine;

internal sealed class Worker : IHandleMessages<DoWork>
{
    public async Task Handle(DoWork message, IMessageHandlerContext context)
    {
        await context.Publish(new WorkDone(message.Key, message.Number));
        if (message.Number < 0)
        {
            throw new InvalidOperationException("Negative numbers cannot be worked on. Send zero or more.");
        }
    }
}

internal sealed class FailsFirst : IHandleMessages<DoWork>
{
    public Task Handle(DoWork message, IMessageHandlerContext context) => context.MessageHeaders.ContainsKey(Headers.DelayedRetries)
        ? context.Publish(new WorkDone(message.Key, message.Number))
        : throw new InvalidOperationException("The first attempt fails.");
}

internal sealed class DoneWatcher(Recorder<WorkDone> done) : IHandleMessages<WorkDone>
{
    public Task Handle(WorkDone message, IMessageHandlerContext context)
    {
        done.Add(message);
        return Task.CompletedTask;
    }
}

internal sealed class CallRequester : IHandleMessages<DoWork>
{
    public Task Handle(DoWork message, IMessageHandlerContext context) => context.SendLocal(new CallOutside(message.Key, message.Number));
}

internal sealed class AnswerWatcher(Recorder<OutsideAnswered> done) : IHandleMessages<OutsideAnswered>
{
    public Task Handle(OutsideAnswered message, IMessageHandlerContext context)
    {
        done.Add(message);
        return Task.CompletedTask;
    }
}

internal sealed class Calls
{
    public Func<CallOutside, ActivityAttempt, Task<object>> Run { get; set; } = (request, _) =>
        Task.FromResult<object>(new OutsideAnswered(request.Key, request.Number));
}

internal sealed class OutsideCall(Calls calls) : IActivity<CallOutside>
{
    public Task<object> ExecuteAsync(CallOutside request, ActivityAttempt attempt, CancellationToken cancellationToken) =>
        calls.Run(request, attempt);

    public object GiveUp(CallOutside request, ActivityAttempt attempt) => new OutsideAnswered(request.Key, -1);
}
