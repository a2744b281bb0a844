using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Bus.Composition;

namespace Orders.Bus.History;

/// <summary>What a step said, and when.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="At">What the saga's clock said.</param>
public sealed record SaidSend(int Step, DateTimeOffset At, RecordedSend Send)
{
    /// <summary>With the time for which it waits, not how long: what a fork sends waits from its step on, not from the fork.</summary>
    public RecordedSend OnTime => Send.Delay is { } delay ? Send with { Delay = null, At = At + delay } : Send;

    internal bool IsOf(RecordedMessage message) => Send.Type == message.Type && JsonElement.DeepEquals(Send.Body, message.Body);

    /// <summary>To the same one, of the same content, for the same time or after the same delay. An optional member that is empty is none, as in a replay.</summary>
    internal bool IsSame(SaidSend other) =>
        (Heading(Send) == Heading(other.Send) || Heading(OnTime) == Heading(other.OnTime))
        && !JsonDifference.Between(Send.Body, other.Send.Body, "", _ => false).Any();

    private static RecordedSend Heading(RecordedSend send) => send with { Body = default };
}

/// <summary>What an older version said, as the present one would have.</summary>
internal static class Lifting
{
    public static RecordedSend LiftedBy(this RecordedSend send, MessageContract? contract) => contract is null || send.Version >= contract.Version
        ? send
        : send with { Version = contract.Version, Body = JsonElement.Parse(contract.Lift(send.Version, JsonObject.Create(send.Body)!).ToJsonString()) };
}
