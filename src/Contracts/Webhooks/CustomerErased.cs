namespace Orders.Contracts;

/// <summary>
/// Whatever says something of this person is to be removed wherever it lies: in orders that they placed, in the copies of what
/// the sources say of them, and in messages. What was asked before holds for what was there then.
/// </summary>
/// <param name="CustomerId">Their user id, and the id of their records.</param>
/// <param name="Sources">The CRMs that have such a record, or may have told of one.</param>
/// <param name="At">When it was asked.</param>
public sealed record CustomerErased(string CustomerId, IReadOnlyList<string> Sources, DateTimeOffset At) : IEvent;
