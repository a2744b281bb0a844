using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>Runs recorded steps of one saga again. What they say is gathered and goes nowhere.</summary>
internal sealed class SagaRerun(EndpointRuntime endpoint, SagaRuntime saga, MessageRegistry registry, TimeProvider clock)
{
    private readonly List<ForkedStep> steps = [];
    private readonly List<Said> said = [];

    /// <param name="history">All that is recorded of it.</param>
    /// <param name="fromStep">The first step to be run again.</param>
    /// <param name="version">As the saga is stored now; 0 where it is not.</param>
    /// <param name="commit">Whose services the saga is made with.</param>
    /// <exception cref="ForkRefusedException">There is no such step, or today's code fails at one of them.</exception>
    public async Task<Rerun> RunAsync(IReadOnlyList<RecordedStep> history, int fromStep, int version, CommitScope commit, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryStep> recorded = [.. history.Select(one => one.Step)];
        var first = history.FirstOrDefault(one => one.Step.Step == fromStep && recorded.MayBeForkedFrom(one.Step))
            ?? throw new ForkRefusedException(
                $"Step {fromStep} is none to fork from. Name one of 1 to {history.Count} that is no fork, and that no fork from an earlier one has run again.");
        var instance = Before(recorded.LastBefore(fromStep), first, version);
        foreach (var (step, message, _) in history.Where(one => one.Step.Step >= fromStep && one.Step.Fork() is null))
        {
            var swallowed = instance.Completed;
            if (!swallowed)
            {
                await StepAsync(instance, step, message, commit, cancellationToken);
            }

            steps.Add(new(step.Step, step.Message.Type, swallowed, StateOf(instance)));
        }

        var lost = instance.Completed ? [] : recorded.LostTimeouts();
        await AskAgainAsync(history, recorded.Standing().Where(step => step.Step < fromStep).SelectMany(step => step.Said()).Where(lost.Contains), commit, cancellationToken);
        var sentBefore = history.Where(one => one.Step.Step >= fromStep)
            .SelectMany(one => one.Step.Said().Zip(one.SentIds, (sent, id) => (Sent: sent, Id: id))).Where(one => !lost.Contains(one.Sent))
            .Select(one => (Sent: one.Sent with { Send = one.Sent.Send.LiftedBy(registry.Find(one.Sent.Send.Type)) }, one.Id)).ToList();
        var toSend = said.Without(one => one.Sent, sentBefore.Select(one => one.Sent));
        var noLonger = sentBefore.Without(one => one.Sent, said.Select(one => one.Sent));
        var plan = new ForkPlan(
            fromStep, history.Count, steps, recorded[^1].State, StateOf(instance), instance.Completed,
            [.. said.Except(toSend).Select(one => one.Sent.Send)], [.. toSend.Select(one => one.Sent.Send)], [.. noLonger.Select(one => one.Sent.Send)]);
        return new(plan, instance, [.. toSend.Select(one => one.Message)], [.. noLonger.Where(one => one.Sent.Send.Kind == SendKinds.Timeout).Select(one => one.Id)]);
    }

    private async Task StepAsync(SagaInstance instance, HistoryStep step, IncomingMessage incoming, CommitScope commit, CancellationToken cancellationToken)
    {
        var outbox = new Outbox(registry, new NothingLeaves());
        try
        {
            var message = registry.Read(incoming.Type, incoming.Version, incoming.Body);
            var context = new HandlerContext(endpoint, new(incoming, message), commit.Storage, outbox, clock, cancellationToken);
            await saga.InvokeAsync(commit.Services, instance, message, step.Timeout, new(step.At), context);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new ForkRefusedException($"Step {step.Step} ({step.Message.Type}) fails on this version's code: {fault.Message} Nothing was changed.");
        }

        said.AddRange(outbox.Messages.Select(message => new Said(new(step.Step, step.At, AsRecorded(message)), AsIfSentAt(step.At, message))));
    }

    /// <summary>Timeouts of steps that hold, which the saga's end took with it.</summary>
    private async Task AskAgainAsync(IReadOnlyList<RecordedStep> history, IEnumerable<SaidSend> timeouts, CommitScope commit, CancellationToken cancellationToken)
    {
        foreach (var timeout in timeouts)
        {
            var (step, incoming, _) = history[timeout.Step - 1];
            var outbox = new Outbox(registry, new NothingLeaves());
            var context = new HandlerContext(endpoint, new(incoming, incoming), commit.Storage, outbox, clock, cancellationToken);
            var options = Saga.TimeoutOptions(step.SagaId, saga.Definition.SagaType);
            options.DoNotDeliverBefore(timeout.OnTime.At!.Value);
            await context.Send(registry.Read(timeout.Send.Type, timeout.Send.Version, timeout.Send.Body.GetRawText()), options);
            said.Add(new(timeout, outbox.Messages.Single()));
        }
    }

    private SagaInstance Before(HistoryStep? before, RecordedStep first, int version)
    {
        if (before is null or { Completed: true })
        {
            var data = saga.NewData();
            (data.Id, data.Originator, data.OriginalMessageId) = (first.Step.SagaId, first.Message.ReplyTo ?? first.Message.Sender, first.Message.Id.ToString("D"));
            saga.Correlate(data, saga.CorrelationIn(saga.Definition.Json.Read(first.Step.State.GetRawText()).Data)!);
            return new(saga, data, saga.CorrelationIn(data)!, version, stored: null, known: null, forgotten: false);
        }

        var stored = before.State.GetRawText();
        var (kept, known) = saga.Definition.Json.Read(stored);
        return new(saga, kept, saga.CorrelationIn(kept)!, version, stored, known, forgotten: false);
    }

    private System.Text.Json.JsonElement StateOf(SagaInstance instance) => SagaHistory.Parsed(saga.Definition.Json.Write(instance.Data));

    private static RecordedSend AsRecorded(OutgoingMessage message)
    {
        var reference = SentReference.Of(message);
        return new(reference.Kind, message.Contract.Name, message.Contract.Version, SagaHistory.Parsed(message.Json), reference.To, reference.Delay, reference.At);
    }

    /// <summary>What waits for a time waits from its step on, not from now.</summary>
    private static OutgoingMessage AsIfSentAt(DateTimeOffset at, OutgoingMessage message) =>
        message.Delay is { } delay ? message with { Delay = null, NotBefore = at + delay } : message;

    private sealed record Said(SaidSend Sent, OutgoingMessage Message);

    private sealed class NothingLeaves : IMessageSession
    {
        public Task Send(object message, SendOptions sendOptions, CancellationToken cancellationToken = default) => throw Refused();

        public Task Publish(object message, PublishOptions publishOptions, CancellationToken cancellationToken = default) => throw Refused();

        private static InvalidOperationException Refused() => new("A step that sends something whatever becomes of it cannot be run again.");
    }
}

/// <param name="TakenBack">Timeouts that no step asks for any more.</param>
internal sealed record Rerun(ForkPlan Plan, SagaInstance Instance, IReadOnlyList<OutgoingMessage> ToSend, Guid[] TakenBack);
