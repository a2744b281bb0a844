using RestEase;

namespace Orders.Webhooks.Crm.Reading;

/// <summary>The HTTP interface at which a CRM's records are read.</summary>
[AllowAnyStatusCode]
internal interface ICrmApi
{
    /// <summary>200, of a deleted record too; 404 where it is not known.</summary>
    [Get("contacts/{id}?deleted=true")]
    Task<Response<CrmRecordBody>> FindAsync([Path] string id, CancellationToken cancellationToken);

    /// <summary>All there are and were, in the order of their ids.</summary>
    [Get("contacts?deleted=true")]
    Task<Response<CrmPageBody>> ListAsync([Query] string? cursor, [Query] int limit, CancellationToken cancellationToken);

    /// <summary>Ids of what changed from start to end. 400 with <c>window-too-old</c> where it no longer knows.</summary>
    [Get("updated")]
    Task<Response<CrmUpdatedBody>> UpdatedAsync([Query] string start, [Query] string end, CancellationToken cancellationToken);

    /// <summary>Ids of what was deleted from start to end. As above.</summary>
    [Get("deleted")]
    Task<Response<CrmDeletedBody>> DeletedAsync([Query] string start, [Query] string end, CancellationToken cancellationToken);
}

/// <summary>A record. A version is there where the CRM counts changes.</summary>
internal sealed record CrmRecordBody(
    string Id, DateTimeOffset LastModifiedDate, bool Deleted, IReadOnlyDictionary<string, string?> Fields, long? Version = null);

internal sealed record CrmPageBody(IReadOnlyList<CrmRecordBody> Items, string? Next, DateTimeOffset LatestDateCovered);

internal sealed record CrmUpdatedBody(IReadOnlyList<string> Ids, DateTimeOffset LatestDateCovered);

internal sealed record CrmDeletedBody(IReadOnlyList<CrmDeletedRecord> DeletedRecords, DateTimeOffset LatestDateCovered);

internal sealed record CrmDeletedRecord(string Id, DateTimeOffset DeletedDate);
