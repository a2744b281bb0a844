using System.Text.Json.Serialization;
using Orders.Bus.Composition;

namespace Orders.Tests.Bus.Engine;

internal sealed record DoWork(Guid Key, int Number) : ICommand;

internal sealed record WorkDone(Guid Key, int Number) : IEvent;

internal sealed record CallOutside(Guid Key, int Number) : ICommand;

internal sealed record OutsideAnswered(Guid Key, int Number) : ICommand;

internal sealed record CarryText(Guid Key, string Text) : ICommand;

internal sealed record StartProcess(Guid Key) : IEvent;

internal sealed record AdvanceProcess(Guid Key) : IEvent;

internal sealed record ProcessTimeout(Guid Key);

[JsonSerializable(typeof(DoWork))]
[JsonSerializable(typeof(WorkDone))]
[JsonSerializable(typeof(CallOutside))]
[JsonSerializable(typeof(OutsideAnswered))]
[JsonSerializable(typeof(CarryText))]
[JsonSerializable(typeof(StartProcess))]
[JsonSerializable(typeof(AdvanceProcess))]
[JsonSerializable(typeof(ProcessTimeout))]
[JsonSerializable(typeof(CountingSagaData))]
internal sealed partial class TestJson : JsonSerializerContext;

internal static class TestMessages
{
    public static MessageContract[] All { get; } =
    [
        MessageContract.Command("work.do-work", 1, "worker", TestJson.Default.DoWork, m => m.Key.ToString()),
        MessageContract.Event("work.work-done", 1, TestJson.Default.WorkDone, m => m.Key.ToString()),
        MessageContract.Command("work.call-outside", 1, "worker", TestJson.Default.CallOutside, m => m.Key.ToString()),
        MessageContract.Command("work.outside-answered", 1, "worker", TestJson.Default.OutsideAnswered, m => m.Key.ToString()),
        MessageContract.Command("work.carry-text", 1, "worker", TestJson.Default.CarryText, m => m.Key.ToString()),
        MessageContract.Event("work.start-process", 1, TestJson.Default.StartProcess, m => m.Key.ToString()),
        MessageContract.Event("work.advance-process", 1, TestJson.Default.AdvanceProcess, m => m.Key.ToString()),
        MessageContract.Private("work.process-timeout", 1, "worker", TestJson.Default.ProcessTimeout, m => m.Key.ToString()),
    ];
}

internal sealed class CountingSagaData : ContainSagaData
{
    public Guid Key { get; set; }

    public int Advances { get; set; }

    public bool TimedOut { get; set; }
}

/// <summary>Counts advances; the third one or a timeout ends it.</summary>
internal sealed class CountingSaga : Saga<CountingSagaData>,
    IAmStartedByMessages<StartProcess>,
    IHandleMessages<AdvanceProcess>,
    IHandleTimeouts<ProcessTimeout>
{
    public Task Handle(StartProcess message, IMessageHandlerContext context) =>
        RequestTimeout(context, TimeSpan.FromHours(1), new ProcessTimeout(message.Key));

    public async Task Handle(AdvanceProcess message, IMessageHandlerContext context)
    {
        Data.Advances++;
        await context.Publish(new WorkDone(message.Key, Data.Advances));
        if (Data.Advances == 3)
        {
            MarkAsComplete();
        }
    }

    public async Task Timeout(ProcessTimeout state, IMessageHandlerContext context)
    {
        Data.TimedOut = true;
        await context.Publish(new WorkDone(state.Key, -1));
        MarkAsComplete();
    }

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<CountingSagaData> mapper) => mapper
        .MapSaga(saga => saga.Key)
        .ToMessage<StartProcess>(message => message.Key)
        .ToMessage<AdvanceProcess>(message => message.Key);
}
