using System.Globalization;
using System.Net;
using System.Text.Json;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reading;

/// <summary>Reads one source's records. Anything but an answer throws, and is asked for again by whoever needs it.</summary>
internal sealed class CrmClient(CrmSource source, ICrmApi api)
{
    private const int PageSize = 200;

    /// <summary>The record as it is, deleted or not; null where the CRM knows none.</summary>
    public async Task<CrmChange?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!FieldRules.IsId(id))
        {
            return null;
        }

        var response = await api.FindAsync(id, cancellationToken);
        if (response.ResponseMessage.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var record = Content(response);
        return record.Id == id ? ChangeOf(record) : throw new JsonException("The CRM answered another record than the one that was asked for.");
    }

    /// <summary>All records but those whose id is none, a page after another: from the first where there is no cursor.</summary>
    public async Task<CrmPage> PageAsync(string? cursor, CancellationToken cancellationToken)
    {
        var response = await api.ListAsync(cursor, PageSize, cancellationToken);
        var page = Content(response);
        return new([.. page.Items.Where(record => FieldRules.IsId(record.Id)).Select(ChangeOf)], page.Next, page.LatestDateCovered);
    }

    /// <summary>What changed in the window; null where it is too old for the CRM to tell.</summary>
    public async Task<CrmWindow?> WindowAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var updated = await api.UpdatedAsync(Text(start), Text(end), cancellationToken);
        var deleted = await api.DeletedAsync(Text(start), Text(end), cancellationToken);
        if (updated.ResponseMessage.StatusCode == HttpStatusCode.BadRequest || deleted.ResponseMessage.StatusCode == HttpStatusCode.BadRequest)
        {
            return null;
        }

        var (changed, gone) = (Content(updated), Content(deleted));
        var until = changed.LatestDateCovered < gone.LatestDateCovered ? changed.LatestDateCovered : gone.LatestDateCovered;
        return new([.. changed.Ids.Distinct(StringComparer.Ordinal)], [.. gone.DeletedRecords.Select(one => one.Id).Distinct(StringComparer.Ordinal)], until);
    }

    private CrmChange ChangeOf(CrmRecordBody record)
    {
        var at = record.LastModifiedDate.ToUniversalTime();
        var milliseconds = at.ToUnixTimeMilliseconds();
        var stamp = source.Format switch
        {
            CrmFormat.Standard => new Stamp(record.Version ?? throw new JsonException("The CRM answered a record without its version, by which its changes are ordered.")),
            CrmFormat.SalesforceOutbound => new Stamp(milliseconds),

            // It holds every change up to its date, those of that very millisecond too.
            CrmFormat.SalesforceCdc => new Stamp(milliseconds, long.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(record), source.Format, "Say here what orders the new format's records."),
        };
        return new(record.Id, record.Deleted ? ChangeKind.Deleted : ChangeKind.Snapshot, stamp, at, record.Deleted ? NoFields : FieldRules.Bounded(record.Fields), IsAnswer: true);
    }

    private static readonly Dictionary<string, string?> NoFields = [];

    private static T Content<T>(RestEase.Response<T> response)
    {
        response.ResponseMessage.EnsureSuccessStatusCode();
        return response.GetContent();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A page of records; the CRM's time when it was made.</summary>
internal sealed record CrmPage(IReadOnlyList<CrmChange> Records, string? Next, DateTimeOffset Until);

/// <summary>Ids of what changed and of what was deleted, up to a time of the CRM's.</summary>
internal sealed record CrmWindow(IReadOnlyList<string> Updated, IReadOnlyList<string> Deleted, DateTimeOffset Until);
