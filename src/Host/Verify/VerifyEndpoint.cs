using Npgsql;
using Orders.Hosting;

namespace Orders.Host.Verify;

/// <summary><c>GET /api/ops/verify</c>.</summary>
internal static class VerifyEndpoint
{
    public static void MapVerify(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/api/ops/verify",
            async (NpgsqlDataSource database, CancellationToken cancellationToken) => Results.Json(
                await Checker.RunAsync(database, cancellationToken), VerifyJson.Default.VerifyReport))
            .Needs(Roles.Operator)
            .Describe("operating", "verify", "Runs the checker over the invariants")
            .Gives(200, VerifyJson.Default.VerifyReport, "What each check found.");
}
