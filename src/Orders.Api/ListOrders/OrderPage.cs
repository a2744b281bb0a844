using System.Text.Json;
using Orders.Api.OrderViews;

namespace Orders.Api.ListOrders;

/// <summary>A page of documents, written as they are.</summary>
internal sealed class OrderPage(IReadOnlyList<ShownOrder> orders, string? next) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var order in orders)
        {
            json.WriteRawValue(order.Json, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteString("next", next);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}
