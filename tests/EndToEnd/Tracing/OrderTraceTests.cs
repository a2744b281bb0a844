using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Tracing;

public sealed class OrderTraceTests
{
    private const string Sku = "traced";

    /// <summary>As ASP.NET Core names its span of a request.</summary>
    private const string Request = "POST /api/orders";

    /// <summary>The order's way, as docs/architecture.md draws it.</summary>
    private static readonly string[] Way =
    [
        "process orders.order-placed",
        "process inventory.stock-reserved",
        "activity AuthoriseAtProvider",
        "process payments.payment-authorised",
        "process dispatch.delivery-promised",
        "process dispatch.dispatch-order",
        "process dispatch.shipment-packed",
        "process payments.capture-payment",
        "activity CaptureAtProvider",
        "process payments.payment-captured",
        "process dispatch.hand-over-shipment",
        "activity BookCarrier",
        "process dispatch.shipment-dispatched",
        "process inventory.commit-stock",
        "process orders.order-completed",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_shows_an_order_from_its_POST_through_all_handlers_and_activities()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        await using var host = await RunningHost.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            },
            Token);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, 10, Token);

        var order = await shop.BuyAsync(Sku, "tok_ok", Token);
        await shop.EndsOfAsync(Sku, [order], Token);

        await Eventually.NothingIsMissingAsync(_ => Task.FromResult(Missing([.. receiver.Spans])), Token);
        // One order was placed, so whatever belongs to an order belongs to it.
        var trace = Assert.Single(TracesOf(receiver.Spans));
        Assert.Contains(new Span(trace, Request), receiver.Spans);
    }

    private static List<string> TracesOf(IEnumerable<Span> spans) =>
        [.. spans.Where(span => Way.Contains(span.Name)).Select(span => span.TraceId).Distinct()];

    private static string? Missing(IReadOnlyCollection<Span> spans)
    {
        var missing = Way.Except(spans.Select(span => span.Name), StringComparer.Ordinal).ToList();
        if (missing.Count == 0 && !TracesOf(spans).All(trace => spans.Contains(new(trace, Request))))
        {
            missing.Add(Request);
        }

        return missing.Count == 0 ? null : $"no span {string.Join(", ", missing)} among {string.Join(", ", spans.Select(span => span.Name).Distinct())}";
    }
}
