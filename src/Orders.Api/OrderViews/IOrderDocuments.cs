namespace Orders.Api.OrderViews;

/// <summary>
/// Where order documents are kept: a document store behind a small port. Calls inside a transaction take part in it.
/// Scoped; not thread-safe.
/// </summary>
internal interface IOrderDocuments
{
    /// <summary>The documents that exist among these, in no particular order; one round trip.</summary>
    Task<IReadOnlyList<OrderDocument>> LoadAsync(IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken);

    /// <summary>The document as it is stored, or null.</summary>
    Task<StoredOrder?> FindAsync(Guid orderId, CancellationToken cancellationToken);

    /// <summary>Documents in full, newest first, one more than the limit if there are more.</summary>
    Task<IReadOnlyList<StoredOrder>> ListAsync(OrderFilter filter, CancellationToken cancellationToken);

    /// <summary>Adds those that are not there yet, with the transaction's commit.</summary>
    void Add(IReadOnlyList<OrderDocument> documents);

    /// <summary>Replaces those whose version is greater than the stored one, with the transaction's commit.</summary>
    void Replace(IReadOnlyList<OrderDocument> documents);

    /// <summary>These are nobody's any more, with the transaction's commit: whose a document is, replacing it does not change.</summary>
    void Disown(IReadOnlyCollection<Guid> orderIds);
}

/// <summary>A document with what is needed to answer it without reading it: its JSON goes out as it is stored.</summary>
internal sealed record StoredOrder(Guid OrderId, string? UserId, string Status, int Version, byte[] Json);

/// <summary>Which documents to list: those that meet everything that is given.</summary>
/// <param name="Viewer">Only this user's, whatever else is asked for; null for operators.</param>
/// <param name="From">The first time of placing, to the millisecond.</param>
/// <param name="To">The first time of placing that is too late.</param>
/// <param name="Before">The last order of the page before.</param>
internal sealed record OrderFilter(
    string? Status, string? UserId, string? Viewer, string? Sku, DateTimeOffset? From, DateTimeOffset? To, Guid? Before, int Limit);
