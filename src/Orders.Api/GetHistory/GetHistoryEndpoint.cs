using System.Text.Json;
using Orders.Api.OrderProcess;
using Orders.Bus.Engine;
using Orders.Bus.History;
using Orders.Hosting;

namespace Orders.Api.GetHistory;

/// <summary><c>GET /api/orders/{id}/history</c>: every step of the order's process as it was recorded, one JSON line a step (docs/replay.md).</summary>
internal static class GetHistoryEndpoint
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static void MapGetHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders/{id}/history", GetAsync)
            .Needs(Roles.Operator)
            .Answers("application/x-ndjson")
            .Describe("orders", "getOrderHistory", "Shows what the order's process did, step by step")
            .TakesPath("id", "The order's id.", format: "uuid")
            .Gives(200, "The steps, one a line, oldest first.")
            .Fails(404, "not-found");

    private static async Task<IResult> GetAsync(string id, SagaHistory history, CancellationToken cancellationToken)
    {
        var steps = Guid.TryParse(id, out var orderId)
            ? await history.ReadAsync<OrderSaga>(orderId, cancellationToken).ToListAsync(cancellationToken)
            : [];
        return steps.Count == 0
            ? throw new ProblemException(404, "not-found", "No steps of such an order are recorded: it is unknown, its history was dropped by age, or recording was off.")
            : Results.Stream(output => WriteAsync(output, steps, cancellationToken), "application/x-ndjson");
    }

    private static async Task WriteAsync(Stream output, IReadOnlyList<HistoryStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            await JsonSerializer.SerializeAsync(output, step, HistoryJson.Default.HistoryStep, cancellationToken);
            await output.WriteAsync(NewLine, cancellationToken);
        }
    }
}
