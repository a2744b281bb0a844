using Orders.Hosting;
using Orders.Inventory.Http;

namespace Orders.Inventory.Catalog;

/// <summary><c>/api/catalog</c></summary>
internal static class CatalogEndpoints
{
    private const int MaxQueryLength = 200;

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/catalog", ListAsync)
            .AllowGuests()
            .Describe("catalogue", "listCatalogue", "Lists items, in the order of their skus")
            .TakesQuery("query", "Part of the name, or the beginning of the sku.", MaxQueryLength)
            .TakesPage()
            .Gives(200, InventoryJson.Strict.PageOfCatalogItem, "A page of items.");
        routes.MapGet("/api/catalog/{sku}", ShowAsync)
            .AllowGuests()
            .Describe("catalogue", "getCatalogueItem", "Shows an item")
            .TakesPath("sku", "The item.")
            .Gives(200, InventoryJson.Strict.CatalogItem, "The item.")
            .Fails(404, "not-found");
        routes.MapPut("/api/catalog/{sku}", PutAsync)
            .Needs(Roles.Operator)
            .Describe("catalogue", "putCatalogueItem", "Adds an item, or changes its name and price")
            .TakesPath("sku", "The item. A sku " + ItemRules.SkuShape)
            .Takes(InventoryJson.Strict.CatalogItemBody)
            .Gives(200, InventoryJson.Strict.CatalogItem, "The item was there before.")
            .Gives(201, InventoryJson.Strict.CatalogItem, "The item is new.", "Location")
            .Fails(422, "card-number-refused");
    }

    private static async Task<IResult> ListAsync(HttpContext http, CatalogQueries catalog)
    {
        var (limit, cursor) = Paging.From(http.Request);
        var page = await catalog.PageAsync(Query(http.Request), SkuCursor.Read(cursor), limit, http.RequestAborted);
        return TypedResults.Json(page, InventoryJson.Strict.PageOfCatalogItem);
    }

    private static async Task<IResult> ShowAsync(string sku, HttpContext http, CatalogQueries catalog)
    {
        var item = ItemRules.IsSku(sku) ? await catalog.FindAsync(sku, http.RequestAborted) : null;
        return item is null ? UnknownItem() : TypedResults.Json(item, InventoryJson.Strict.CatalogItem);
    }

    private static async Task<IResult> PutAsync(string sku, HttpContext http, PutCatalogItem put, CatalogQueries catalog)
    {
        var body = await JsonBody.ReadAsync(http, InventoryJson.Strict.CatalogItemBody);
        ItemRules.Check(sku, body);
        var created = await put.RunAsync(sku, body, http.RequestAborted);
        if (created)
        {
            http.Response.Headers.Location = "/api/catalog/" + Uri.EscapeDataString(sku);
        }

        var item = await catalog.FindAsync(sku, http.RequestAborted);
        return TypedResults.Json(item, InventoryJson.Strict.CatalogItem, statusCode: created ? 201 : 200);
    }

    private static string? Query(HttpRequest request) => request.Query["query"] switch
    {
        [] or [""] => null,
        [{ Length: <= MaxQueryLength } text] when !text.Contains('\0', StringComparison.Ordinal) => text,
        _ => throw new ProblemException(400, "invalid-query", $"query must be given once, with at most {MaxQueryLength} characters."),
    };

    private static IResult UnknownItem() => Problems.Of(404, "not-found", "The catalogue has no such item.");
}
