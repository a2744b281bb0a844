using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Orders.Bus.History;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>The saga steps of one batch, to be written with it. Scoped to the batch.</summary>
internal sealed class HistoryLog(bool isOn)
{
    private readonly List<Step> steps = [];

    /// <param name="instance">After the step.</param>
    /// <param name="message">The message's id.</param>
    /// <param name="isTimeout">Whether it was a timeout.</param>
    /// <param name="at">What the saga's clock said.</param>
    /// <param name="said">What it said, in order.</param>
    public void Note(SagaInstance instance, Guid message, bool isTimeout, DateTimeOffset at, IEnumerable<OutgoingMessage> said)
    {
        if (isOn)
        {
            steps.Add(new(instance.Data.Id, instance.Saga.Name, message, isTimeout, at, instance.Completed, SagaChanges.Json(instance), Sent(said), IsSwallowed: false));
        }
    }

    /// <summary>The saga had ended before the message came.</summary>
    public void NoteSwallowed(SagaInstance instance, Guid message, bool isTimeout, DateTimeOffset at)
    {
        if (isOn)
        {
            steps.Add(new(instance.Data.Id, instance.Saga.Name, message, isTimeout, at, true, SagaChanges.Json(instance), null, IsSwallowed: true));
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        if (steps.Count > 0)
        {
            batch.BatchCommands.Add(new(
                """
                insert into bus.history (saga, name, message, timeout, at, completed, state, sent, swallowed)
                select saga, name, message, timeout, at, completed, state, sent, swallowed
                from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality
                  as new (saga, name, message, timeout, at, completed, state, sent, swallowed, n)
                order by n
                """)
            {
                Parameters =
                {
                    Column.Of(steps, step => step.Saga),
                    Column.Of(steps, step => step.Name),
                    Column.Of(steps, step => step.Message),
                    Column.Of(steps, step => step.IsTimeout),
                    Column.Of(steps, step => step.At),
                    Column.Of(steps, step => step.Completed),
                    Column.Of(steps, step => step.State),
                    Column.Of(steps, NpgsqlTypes.NpgsqlDbType.Text, step => step.Sent),
                    Column.Of(steps, step => step.IsSwallowed),
                },
            });
        }
    }

    private static string? Sent(IEnumerable<OutgoingMessage> said)
    {
        var sent = said.Select(SentReference.Of).ToList();
        return sent.Count == 0 ? null : JsonSerializer.Serialize(sent, SentJson.Default.ListSentReference);
    }

    private sealed record Step(Guid Saga, string Name, Guid Message, bool IsTimeout, DateTimeOffset At, bool Completed, string State, string? Sent, bool IsSwallowed);
}

/// <summary>What is kept of a message that a step said, beside the message itself.</summary>
internal sealed record SentReference(Guid Id, string Kind, string? To, TimeSpan? Delay, DateTimeOffset? At)
{
    public static SentReference Of(OutgoingMessage said) => said switch
    {
        { Saga: not null } => new(said.Id, SendKinds.Timeout, null, said.Delay, said.NotBefore),
        { Intent: MessageIntent.Publish } => new(said.Id, SendKinds.Publish, null, null, null),
        { Intent: MessageIntent.Reply } => new(said.Id, SendKinds.Reply, said.To, null, null),
        _ => new(said.Id, SendKinds.Send, said.To, said.Delay, said.NotBefore),
    };
}

[JsonSerializable(typeof(List<SentReference>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SentJson : JsonSerializerContext;
