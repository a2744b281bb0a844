using Orders.Hosting;

namespace Orders.Webhooks.Crm.Customers;

/// <summary><c>/api/customers</c></summary>
internal static class CustomerEndpoints
{
    private const int MaxLength = 320;

    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/customers", ListAsync)
            .Needs(Roles.Operator)
            .Describe("customers", "listCustomers", "Lists customers, in the order of their sources and ids")
            .TakesQuery("email", "Of those with this email, in whatever case.", MaxLength)
            .TakesPage()
            .Gives(200, WebhooksHttpJson.Strict.PageOfCustomerDocument, "A page of customers.");
        routes.MapGet("/api/customers/{id}", ShowAsync)
            .Needs(Roles.Operator)
            .Describe("customers", "getCustomer", "Shows a customer as its CRM has it", "A deleted customer is shown, too, and says so.")
            .TakesPath("id", "The CRM's id.")
            .TakesQuery("source", "The CRM. Needed where several have a customer of this id.", MaxLength)
            .Gives(200, WebhooksHttpJson.Strict.CustomerDocument, "The customer.")
            .Fails(404, "not-found");
    }

    private static async Task<IResult> ListAsync(HttpContext http, CustomerQueries customers)
    {
        var (limit, cursor) = Paging.From(http.Request);
        var page = await customers.PageAsync(Query(http.Request, "email"), CustomerCursor.Read(cursor), limit, http.RequestAborted);
        return TypedResults.Json(page, WebhooksHttpJson.Strict.PageOfCustomerDocument);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, CustomerQueries customers)
    {
        var source = Query(http.Request, "source");
        var found = id.Any(char.IsControl) ? [] : await customers.FindAsync(id, source, http.RequestAborted);
        return found switch
        {
            [] => Problems.Of(404, "not-found", "No CRM has told of such a customer."),
            [var customer] => TypedResults.Json(CustomerDocument.Of(customer), WebhooksHttpJson.Strict.CustomerDocument),
            _ => Problems.Of(400, "invalid-query", "Several CRMs have a customer of this id. Name one as source."),
        };
    }

    private static string? Query(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => null,
        [{ Length: >= 1 and <= MaxLength } text] when !text.Any(char.IsControl) => text,
        _ => throw new ProblemException(400, "invalid-query", $"{name} must be given once, with 1 to {MaxLength} characters, none of them a control character."),
    };
}
