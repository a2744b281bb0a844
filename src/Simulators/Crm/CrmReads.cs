using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;
using static Orders.Simulators.Crm.CrmJson;

namespace Orders.Simulators.Crm;

/// <summary>Lists of contacts: all, page by page, and what changed in a window of at most the last 30 days, as Salesforce has it.</summary>
internal static class CrmReads
{
    private static readonly TimeSpan Known = TimeSpan.FromDays(30);

    public static bool AlsoDeleted(HttpRequest request) => request.Query["deleted"] == "true";

    public static async Task ListAsync(HttpContext context)
    {
        var (limit, cursor) = Paging.From(context.Request);
        var now = Now(context);
        // One more than the page tells whether there is a next.
        var found = await CrmEndpoints.Crm(context).ReadAsync(
            contacts => contacts.After(cursor, limit + 1, AlsoDeleted(context.Request)), context.RequestAborted);
        var body = new ContactsBody([.. found.Take(limit).Select(ContactBody.Of)], found.Count > limit ? found[limit - 1].Id : null, now);
        await context.Response.WriteAsJsonAsync(body, Default.ContactsBody, null, context.RequestAborted);
    }

    public static async Task UpdatedAsync(HttpContext context)
    {
        var (found, until) = await ModifiedAsync(context, deleted: false);
        var body = new UpdatedBody([.. found.Select(contact => contact.Id)], until);
        await context.Response.WriteAsJsonAsync(body, Default.UpdatedBody, null, context.RequestAborted);
    }

    public static async Task DeletedAsync(HttpContext context)
    {
        var (found, until) = await ModifiedAsync(context, deleted: true);
        var body = new DeletedBody([.. found.Select(contact => new DeletedRecordBody(contact.Id, contact.LastModifiedDate))], Now(context) - Known, until);
        await context.Response.WriteAsJsonAsync(body, Default.DeletedBody, null, context.RequestAborted);
    }

    private static async Task<(IReadOnlyList<Contact> Found, DateTimeOffset Until)> ModifiedAsync(HttpContext context, bool deleted)
    {
        var now = Now(context);
        var (start, end) = (TimeOf(context.Request, "start"), TimeOf(context.Request, "end"));
        if (start < now - Known)
        {
            throw new ProblemException(400, "window-too-old", "Changes are known for 30 days. Read all contacts instead.");
        }

        var found = await CrmEndpoints.Crm(context).ReadAsync(contacts => contacts.Modified(start, end, deleted), context.RequestAborted);
        return (found, end < now ? end : now);
    }

    private static DateTimeOffset TimeOf(HttpRequest request, string name) =>
        request.Query[name] is [{ } text] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ProblemException(400, "invalid-query", $"Give {name} once, as a time such as 2026-01-31T12:00:00Z.");

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
