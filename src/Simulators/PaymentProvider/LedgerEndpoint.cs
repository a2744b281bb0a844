using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;

namespace Orders.Simulators.PaymentProvider;

/// <summary>
/// <c>GET /sim/psp/ledger</c>: every operation in order, all of them unless a limit is given; then page by page by cursor.
/// </summary>
internal static class LedgerEndpoint
{
    private const int MaxLimit = 200;

    public static async Task GetAsync(HttpContext context)
    {
        var limit = LimitOf(context.Request.Query["limit"]);
        var after = CursorOf(context.Request.Query["cursor"]);
        var provider = context.RequestServices.GetRequiredService<IPaymentProvider>();
        var entries = await provider.LedgerAsync(after, limit, context.RequestAborted);
        var next = limit != int.MaxValue && entries.Count == limit ? entries[^1].Sequence : (long?)null;
        var body = new LedgerBody(
            [.. entries.Select(LedgerItem.Of)], next?.ToString(CultureInfo.InvariantCulture));
        await context.Response.WriteAsJsonAsync(body, PaymentProviderJson.Default.LedgerBody, null, context.RequestAborted);
    }

    private static int LimitOf(string? text) => text switch
    {
        null => int.MaxValue,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit => limit,
        _ => throw new ProblemException(400, "invalid-limit", $"The limit is a number from 1 to {MaxLimit}."),
    };

    private static long CursorOf(string? text) => text switch
    {
        null => 0,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) => after,
        _ => throw new ProblemException(400, "invalid-cursor", "The cursor is the 'next' of the page before."),
    };
}
