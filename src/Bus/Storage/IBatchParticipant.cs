namespace Orders.Bus.Storage;

/// <summary>
/// Reads once for a whole batch before its handlers run, and writes once after: what keeps a handler from a round trip a
/// message. Scoped to the batch; take <see cref="BatchStorage"/> or a DbContext by constructor. Loading is an optimisation:
/// handlers must be right without it.
/// </summary>
public interface IBatchParticipant
{
    /// <summary>Called before the handlers, with the messages that they will get.</summary>
    Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken);

    /// <summary>Called once after the last handler, inside the transaction.</summary>
    Task StoreAsync(CancellationToken cancellationToken);
}
