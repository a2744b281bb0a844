using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>Registers the bridge in place of the shared database.</summary>
public static class RabbitMqRegistration
{
    public static IServiceCollection AddRabbitMq(this IServiceCollection services, RabbitMqSettings settings)
    {
#pragma warning disable RS0030 // The one place where this transport's source of randomness is chosen: jitter needs no seed.
        var random = Random.Shared;
#pragma warning restore RS0030
        services.AddSingleton(settings);
        services.Replace(ServiceDescriptor.Singleton(new TransportKind(Bridges: true, settings.InboxRetention)));
        services.AddSingleton<Topology>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Broker>(provider, random));
        services.AddSingleton<DispatcherLease>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Inbox>();
        return services.Replace(ServiceDescriptor.Singleton<ITransport, RabbitMqTransport>());
    }
}
