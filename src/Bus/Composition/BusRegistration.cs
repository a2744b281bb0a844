using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Activities;
using Orders.Bus.Composition;
using Orders.Bus.Migrations;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Registers the bus and its endpoints. A singleton <see cref="NpgsqlDataSource"/> must be registered as well.</summary>
public static class BusRegistration
{
    /// <summary>Adds an endpoint to this process.</summary>
    public static IServiceCollection AddBusEndpoint(
        this IServiceCollection services, string name, Action<EndpointConfiguration> configure)
    {
        var endpoint = new EndpointConfiguration(name, services);
        configure(endpoint);
        services.AddSingleton(endpoint);
        return services;
    }

    /// <summary>Adds the engine: the storage, the transactions, the session, and the background work.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="contracts">The messages that cross borders; each endpoint adds its own.</param>
    public static IServiceCollection AddBus(this IServiceCollection services, IReadOnlyList<MessageContract> contracts)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new BacklogOptions());
        services.TryAddSingleton(new HistoryOptions());
        services.TryAddSingleton(SharedDatabase.Kind);
        services.TryAddSingleton<ITransport, SharedDatabase>();
        services.AddScoped<BatchStorage>();
        services.AddModuleDb<BusDb>("bus");
        services.AddSingleton(provider => new MessageRegistry(
            contracts.Concat(provider.GetServices<EndpointConfiguration>().SelectMany(endpoint => endpoint.Contracts))));
        services.AddSingleton<EndpointCatalogue>();
        services.AddSingleton<EndpointDirectory>();
        services.AddSingleton<WakeUps>();
        services.AddSingleton<ISubscriptions, Subscriptions>();
        services.AddSingleton<LaneShares>();
        services.AddSingleton<BatchGate>();
        services.AddSingleton(provider => new Lazy<IMessageSession>(provider.GetRequiredService<IMessageSession>));
        services.AddSingleton<CommitScopeFactory>();
        services.AddSingleton<IMessageSession, MessageSession>();
        services.AddSingleton<ITransactions, Transactions>();
        services.AddSingleton<ActivityCompletions>();
        services.AddSingleton(CreateExecutors);
        services.AddSingleton<FailedDeliveries>();
        services.AddSingleton<FailureHandling>();
        services.AddSingleton<Neighbours>();
        services.AddSingleton<Membership>();
        services.AddSingleton<DelayedPump>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<IBacklog>(provider => provider.GetRequiredService<Backlog>());
        services.AddSingleton<HistoryPartitions>();
        services.AddSingleton(provider => new SagaHistory(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<EndpointCatalogue>()));
        services.AddSingleton(provider => new SagaForks(
            provider.GetRequiredService<SagaHistory>(),
            provider.GetRequiredService<EndpointCatalogue>(),
            provider.GetRequiredService<CommitScopeFactory>(),
            provider.GetRequiredService<MessageRegistry>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<QueueStatistics>();
        services.AddSingleton(provider => new ErrorQueue(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<WakeUps>(), provider.GetRequiredService<MessageRegistry>()));
        services.AddSingleton(provider => new RetryRuns(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<RetryPump>();
        services.AddSingleton<AuditTrail>();
        services.AddScoped<Erasure>();
        services.AddSingleton<PersonalDirectory>();
        services.AddSingleton<ErasureSweep>();
        services.AddSingleton<ErasurePump>();
        services.AddSingleton<IBusState>(provider => provider.GetRequiredService<BusService>());
        services.AddSingleton<BusService>();
        services.AddHostedService(provider => provider.GetRequiredService<BusService>());
        return services;
    }

    private static ActivityExecutors CreateExecutors(IServiceProvider provider)
    {
#pragma warning disable RS0030 // The one place where the process's source of randomness is chosen: jitter needs no seed.
        var random = Random.Shared;
#pragma warning restore RS0030
        return new(
            provider.GetRequiredService<EndpointCatalogue>().All,
            new(
                provider.GetRequiredService<NpgsqlDataSource>(),
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<MessageRegistry>(),
                provider.GetRequiredService<EndpointDirectory>(),
                provider.GetRequiredService<ActivityCompletions>(),
                random,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("Orders.Bus.Activities")));
    }
}
