using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>The rows that a fork writes beside the saga's and what it sends.</summary>
internal static class ForkRows
{
    /// <summary>The fork itself, a fact like any other; nobody receives it.</summary>
    public static NpgsqlBatchCommand Message(Guid message, ForkNote note, string endpoint, Guid saga) => new(
        """
        insert into bus.message (id, type, version, key, intent, sender, conversation, body) values ($1, $2, 1, $3, $4, $5, $1, $6)
        """)
    {
        Parameters =
        {
            new() { Value = message }, new() { Value = ForkNote.MessageType }, new() { Value = saga.ToString("D") },
            new() { Value = (short)MessageIntent.Publish }, new() { Value = endpoint }, new() { Value = JsonSerializer.Serialize(note, ForkJson.Default.ForkNote) },
        },
    };

    /// <summary>Timeouts that no step asks for any more and that have not come yet.</summary>
    /// <remarks>Uses index delayed_saga.</remarks>
    public static NpgsqlBatchCommand TakeBack(Guid saga, Guid[] timeouts) => new("delete from bus.delayed where saga = $1 and message = any($2)")
    {
        Parameters = { new() { Value = saga }, new() { Value = timeouts } },
    };

    public static NpgsqlBatchCommand Audit(ForkNote note, Guid subject, ForkPlan plan) => new(
        """
        insert into bus.audit (who, action, subject, before, after)
        values ($1, 'fork', $2, jsonb_build_object('step', $3::int, 'state', $4::jsonb),
          jsonb_build_object('from', $5::int, 'reason', $6::text, 'plan', $7::text, 'state', $8::jsonb, 'sent', $9::text[]))
        """)
    {
        Parameters =
        {
            new() { Value = note.By },
            new() { Value = subject },
            new() { Value = plan.LastStep },
            new() { Value = plan.StateNow.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = note.From },
            new() { Value = note.Reason },
            new() { Value = note.Plan },
            new() { Value = plan.State.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = plan.ToSend.Select(send => send.Type).ToArray() },
        },
    };
}
