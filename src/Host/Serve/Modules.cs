using Orders.Analytics;
using Orders.Api;
using Orders.Contracts;
using Orders.Dispatch;
using Orders.Host.Gateways;
using Orders.Host.Verify;
using Orders.Hosting;
using Orders.Inventory;
using Orders.Payments;
using Orders.Simulators;
using Orders.Webhooks;

namespace Orders.Host.Serve;

/// <summary>The modules that this host can run, by name.</summary>
internal static class Modules
{
    private static readonly Dictionary<string, Func<OrdersProcessBuilder, OrdersProcessBuilder>> ByName = new(StringComparer.Ordinal)
    {
        [Endpoints.Orders] = process => process.AddOrdersModule(),
        [Endpoints.Payments] = process => process.AddPaymentsModule(),
        [Endpoints.Inventory] = process => process.AddInventoryModule(),
        [Endpoints.Dispatch] = process => process.AddDispatchModule(),
        [Endpoints.Analytics] = process => process.AddAnalyticsModule(),
        [Endpoints.Webhooks] = process => process.AddWebhooksModule(),
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Everything, with the simulators where the process is open to this machine alone.</summary>
    public static void AddAll(OrdersProcessBuilder process) => Add(process, Names);

    public static void Add(OrdersProcessBuilder process, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            ByName[name](process);
        }

        process.MapRoutes(routes => routes.MapVerify());
        if (process.IsLocalMode)
        {
            process.Services.AddSimulators();
            if (string.Equals(process.Configuration["Orders:Gateway"], "inprocess", StringComparison.OrdinalIgnoreCase))
            {
                process.Services.AddInProcessPaymentGateway();
            }

            process.MapRoutes(routes => routes.MapSimulators());
        }
    }
}
