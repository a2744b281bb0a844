using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;
using static Orders.Simulators.Crm.CrmJson;

namespace Orders.Simulators.Crm;

/// <summary>The CRM over HTTP, under <c>/sim/crm</c>: writing contacts, and reading them as reconciliation does.</summary>
internal static class CrmEndpoints
{
    public static void MapCrm(this IEndpointRouteBuilder routes)
    {
        var crm = routes.MapGroup("/crm");
        crm.MapPut("/contacts/{id}", (RequestDelegate)PutAsync);
        crm.MapDelete("/contacts/{id}", (RequestDelegate)DeleteAsync);
        crm.MapGet("/contacts/{id}", (RequestDelegate)FindAsync);
        crm.MapGet("/contacts", (RequestDelegate)CrmReads.ListAsync);
        crm.MapGet("/updated", (RequestDelegate)CrmReads.UpdatedAsync);
        crm.MapGet("/deleted", (RequestDelegate)CrmReads.DeletedAsync);
        crm.MapPost("/faults", (RequestDelegate)SetFaultsAsync);
        crm.MapGet("/pending", (RequestDelegate)PendingAsync);
    }

    internal static CrmSimulator Crm(HttpContext context) => context.RequestServices.GetRequiredService<CrmSimulator>();

    private static async Task PutAsync(HttpContext context)
    {
        var fields = await JsonBody.ReadAsync(context, Default.DictionaryStringString);
        ContactFields.Check(fields);
        var (contact, created) = await Crm(context).PutAsync(IdOf(context), fields, context.RequestAborted);
        context.Response.StatusCode = created ? 201 : 200;
        await AnswerAsync(context, contact);
    }

    private static async Task DeleteAsync(HttpContext context) =>
        await AnswerAsync(context, await Crm(context).DeleteAsync(IdOf(context), context.RequestAborted));

    private static async Task FindAsync(HttpContext context)
    {
        var contact = await Crm(context).ReadAsync(contacts => contacts.Find(IdOf(context)), context.RequestAborted);
        await AnswerAsync(context, contact is { Deleted: true } && !CrmReads.AlsoDeleted(context.Request) ? null : contact);
    }

    private static Task AnswerAsync(HttpContext context, Contact? contact) => contact is null
        ? throw new ProblemException(404, "unknown-contact", "There is no such contact.")
        : context.Response.WriteAsJsonAsync(ContactBody.Of(contact), Default.ContactBody, null, context.RequestAborted);

    private static async Task SetFaultsAsync(HttpContext context)
    {
        var faults = await JsonBody.ReadAsync(context, Default.CrmFaults);
        if (!faults.IsValid)
        {
            throw ProblemException.Invalid("", "is out of range: drop and duplicate are 0 to 1.");
        }

        context.RequestServices.GetRequiredService<CrmWebhooks>().Faults = faults;
        await context.Response.WriteAsJsonAsync(faults, Default.CrmFaults, null, context.RequestAborted);
    }

    /// <summary>How many webhooks are still to be sent.</summary>
    private static Task PendingAsync(HttpContext context) => context.Response.WriteAsJsonAsync(
        new PendingBody(context.RequestServices.GetRequiredService<CrmWebhooks>().Pending), Default.PendingBody, null, context.RequestAborted);

    private static string IdOf(HttpContext context) => ReferenceText.Checked((string)context.Request.RouteValues["id"]!);
}
