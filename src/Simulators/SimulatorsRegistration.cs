using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Simulators.Carrier;
using Orders.Simulators.Crm;
using Orders.Simulators.Faults;
using Orders.Simulators.Ownership;
using Orders.Simulators.PaymentProvider;
using Orders.Simulators.Storage;

namespace Orders.Simulators;

/// <summary>The outside world to develop against: what a process adds in local mode. Of the processes of a database one owns it, and the others ask that one.</summary>
public static class SimulatorsRegistration
{
    public static IServiceCollection AddSimulators(this IServiceCollection services) => services
        .AddModuleDb<SimulatorsDb>("sim")
        .AddSingleton<Owner>()
        .AddSingleton<Forwarding>()
        .AddFaultSwitch(Simulator.PaymentProvider)
        .AddSingleton<DurablePaymentProvider>()
        .AddSingleton<IPaymentProvider>(provider => new CardBehaviours(
            provider.GetRequiredService<DurablePaymentProvider>(),
            provider.GetRequiredKeyedService<FaultSwitch>(Simulator.PaymentProvider),
            provider.GetRequiredService<TimeProvider>()))
        .AddFaultSwitch(Simulator.Carrier)
        .AddSingleton<CarrierSimulator>()
        .AddSingleton<CrmWebhookSender>()
        .AddSingleton<CrmWebhooks>()
        .AddSingleton<CrmSimulator>()
        .AddKeyedSingleton<HttpMessageHandler, InProcessCarrier>(InProcessCarrier.Key);

    /// <summary>Everything under <c>/sim</c>.</summary>
    public static IEndpointRouteBuilder MapSimulators(this IEndpointRouteBuilder routes)
    {
        var owned = routes.MapGroup("/sim");
        Forwarding.Around(owned);
        owned.MapPaymentProvider();
        owned.MapCarrier();
        owned.MapCrm();
        return routes;
    }

    // A fixed seed: a run with the same calls in the same order fails the same ones.
    private static IServiceCollection AddFaultSwitch(this IServiceCollection services, Simulator simulator) =>
        services.AddKeyedSingleton(simulator, (provider, _) => new FaultSwitch(provider.GetRequiredService<TimeProvider>(), new Random(17)));
}
