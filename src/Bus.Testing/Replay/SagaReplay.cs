using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orders.Bus.Composition;
using Orders.Bus.History;

namespace Orders.Bus.Testing.Replay;

/// <summary>
/// Runs a saga's recorded history through today's code: no database, no network, no clock but the record's. Thread-safe.
/// </summary>
/// <param name="messages">Every message that the saga hears or says.</param>
/// <param name="data">The JSON shape of its data.</param>
/// <param name="create">Makes the saga on the clock of a step.</param>
/// <param name="mayDiffer">True for paths that may differ: <c>state.progress.note</c>, <c>sent[0].body.at</c>.</param>
public sealed class SagaReplay<TSaga, TSagaData>(
    IEnumerable<MessageContract> messages, JsonTypeInfo<TSagaData> data, Func<TimeProvider, TSaga> create, Func<string, bool>? mayDiffer = null)
    where TSaga : Saga<TSagaData>
    where TSagaData : class, IContainSagaData, new()
{
    private readonly RecordedMessages known = new(messages);
    private readonly Lazy<SagaMapping> mapping = new(() => create(new StepClock(DateTimeOffset.UnixEpoch)).Mapping());
    private readonly Func<string, bool> mayDiffer = mayDiffer ?? (_ => false);

    /// <summary>Replays one saga's steps.</summary>
    /// <returns>The first divergence, or null where there is none.</returns>
    public Divergence? Run(IReadOnlyList<HistoryStep> history)
    {
        var state = default(JsonElement?);
        foreach (var step in history.Standing())
        {
            var outcome = Try(history, step, state);
            if (outcome.Failure is { } failure)
            {
                return new(step, [new("the step", "succeeded", $"failed: {failure}")]);
            }

            var differences = Differences(new(step.State, step.Completed, [.. step.Sent.Select(known.Lifted)], null), outcome).ToList();
            if (differences.Count > 0)
            {
                return new(step, differences);
            }

            // Whatever is not the record's and not the step's shows in a second run.
            var again = Try(history, step, state);
            if (again.Failure is not null || Differences(outcome, again).FirstOrDefault() is { } unsteady)
            {
                return new(step, [new("the step, run twice", "the same both times", "something else the second time: it reads a clock, chance or a state of its own")]);
            }

            // What comes after an end begins another life; where ended sagas are kept, nothing does.
            state = step.Completed ? null : outcome.State;
        }

        return null;
    }

    /// <summary>Replays every history of a file or folder.</summary>
    /// <returns>A divergence for each that has one.</returns>
    public IReadOnlyList<Divergence> RunAll(string path) =>
        [.. HistoryFile.Find(path).SelectMany(HistoryFile.Read).Select(Run).OfType<Divergence>()];

    private Outcome Try(IReadOnlyList<HistoryStep> history, HistoryStep step, JsonElement? state)
    {
        try
        {
            return step.Fork() is { } fork ? PlayFork([.. history.Where(one => one.Step < step.Step)], fork.From, state) : Play(step, state);
        }
        catch (Exception e)
        {
            return new(default, false, [], $"{e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>The steps that the fork ran again; it sent what they do and had not been sent.</summary>
    private Outcome PlayFork(IReadOnlyList<HistoryStep> before, int from, JsonElement? state)
    {
        var outcome = new Outcome(state ?? default, false, [], null);
        var said = new List<SaidSend>();
        foreach (var step in before.Where(step => step.Step >= from && step.Fork() is null))
        {
            if (!outcome.Completed)
            {
                outcome = Play(step, state);
                state = outcome.State;
                said.AddRange(outcome.Sent.Select(send => new SaidSend(step.Step, step.At, send)));
            }
        }

        var lost = outcome.Completed ? [] : before.LostTimeouts();
        var again = before.Standing().Where(step => step.Step < from).SelectMany(step => step.Said()).Where(lost.Contains);
        var sent = again.Concat(said).Without(one => one, before.Where(step => step.Step >= from).SelectMany(step => step.Said())
            .Where(one => !lost.Contains(one)).Select(one => one with { Send = known.Lifted(one.Send) }));
        return outcome with { Sent = [.. sent.Select(one => one.OnTime)] };
    }

    private Outcome Play(HistoryStep step, JsonElement? state)
    {
        var message = known.Read(step.Message.Type, step.Message.Version, step.Message.Body);
        var saga = create(new StepClock(step.At));
        saga.Data = state is { } before ? before.Deserialize(data)! : Begin(step, message);
        FailUnlessFound(step, message, saga.Data);
        var context = new TestableMessageHandlerContext
        {
            MessageId = step.Message.Id.ToString("D"),
            MessageHeaders = new Dictionary<string, string>(step.Message.Headers, StringComparer.Ordinal),
        };
        (step.Timeout ? SagaInvocation.Timeout(saga, message, context) : SagaInvocation.Handle(saga, message, context)).GetAwaiter().GetResult();
        return new(JsonSerializer.SerializeToElement(saga.Data, data), saga.Completed, known.Sent(context.Said), null);
    }

    // Who began it is the engine's to say, not the saga's: it stands in the record.
    private TSagaData Begin(HistoryStep step, object message)
    {
        if (step.Timeout || !SagaInvocation.IsStartedBy(typeof(TSaga), message.GetType()))
        {
            throw new InvalidOperationException($"{message.GetType().Name} does not start {typeof(TSaga).Name}, and there is none yet: it would be dropped.");
        }

        var recorded = step.State.Deserialize(data)!;
        var begun = new TSagaData { Id = step.SagaId, Originator = recorded.Originator, OriginalMessageId = recorded.OriginalMessageId };
        mapping.Value.Property.SetValue(begun, mapping.Value.ValueOf(message, step.Message.Headers));
        return begun;
    }

    // A timeout names its saga; everything else finds it by what the saga maps.
    private void FailUnlessFound(HistoryStep step, object message, TSagaData found)
    {
        if (!step.Timeout && mapping.Value.Values.ContainsKey(message.GetType())
            && mapping.Value.ValueOf(message, step.Message.Headers) is var value && !Equals(value, mapping.Value.Property.GetValue(found)))
        {
            throw new InvalidOperationException($"{message.GetType().Name} finds another {typeof(TSaga).Name}, the one of '{value}'.");
        }
    }

    private IEnumerable<Difference> Differences(Outcome recorded, Outcome replayed)
    {
        foreach (var difference in JsonDifference.Between(recorded.State, replayed.State, "state", mayDiffer))
        {
            yield return difference;
        }

        if (recorded.Completed != replayed.Completed)
        {
            yield return new("completed", recorded.Completed ? "true" : "false", replayed.Completed ? "true" : "false");
        }

        foreach (var difference in SendDifference.Between(recorded.Sent, replayed.Sent, mayDiffer))
        {
            yield return difference;
        }
    }

    private sealed record Outcome(JsonElement State, bool Completed, IReadOnlyList<RecordedSend> Sent, string? Failure);
}
