using Npgsql;
using Orders.Bus.Activities;
using Orders.Bus.Storage;

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

/// <summary>Does with the batch's connection what the test wants, at most the first time.</summary>
internal sealed class MistreatsItsConnection(Mistreatment wanted) : IHandleMessages<DoWork>
{
    public async Task Handle(DoWork message, IMessageHandlerContext context)
    {
        if (wanted.Take() is { } sql)
        {
            var storage = (BatchStorage)context.SynchronizedStorageSession;
            await using var command = new NpgsqlCommand(sql, storage.Connection, storage.Transaction) { CommandTimeout = 1 };
            await command.ExecuteNonQueryAsync(context.CancellationToken);
        }

        await context.Publish(new WorkDone(message.Key, message.Number));
    }
}

internal sealed class Mistreatment(string sql, int times)
{
    private int left = times;

    public string? Take() => Interlocked.Decrement(ref left) >= 0 ? sql : null;
}

internal sealed class ThrowsUnstorableText : IHandleMessages<DoWork>
{
    public Task Handle(DoWork message, IMessageHandlerContext context) => throw new InvalidOperationException("A zero \0 and half a pair \ud800.");
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

    /// <summary>The present call's, for who waits until it is given up.</summary>
    public CancellationToken Patience { get; set; }

    public Func<CallOutside, object> GiveUp { get; set; } = request => new OutsideAnswered(request.Key, -1);
}

internal sealed class OutsideCall(Calls calls) : IActivity<CallOutside>
{
    public Task<object> ExecuteAsync(CallOutside request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        calls.Patience = cancellationToken;
        return calls.Run(request, attempt);
    }

    public object GiveUp(CallOutside request, ActivityAttempt attempt) => calls.GiveUp(request);
}
