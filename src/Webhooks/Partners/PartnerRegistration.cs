using Npgsql;
using Orders.Bus.Engine;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Webhooks.Partners.Deliveries;
using Orders.Webhooks.Partners.Endpoints;
using Orders.Webhooks.Partners.Events;
using Orders.Webhooks.Partners.Safety;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners;

/// <summary>What this module is made of on the side of the partners.</summary>
internal static class PartnerRegistration
{
    /// <summary>Calls at once to all partners: thirty slow ones, with as many calls each as one may have, leave room for the others.</summary>
    private const int MaxParallel = 1024;

    /// <summary>An attempt ends by itself before that.</summary>
    private static readonly TimeSpan Timeout = PartnerClient.Limit + TimeSpan.FromSeconds(10);

    public static void AddPartners(this OrdersProcessBuilder process)
    {
        var key = SecretBox.KeyFrom(process.Configuration, process.IsLocalMode);
        process.Services
            .AddSingleton(DestinationRules.Read(process.Configuration))
            .AddSingleton<IHostNames, SystemHostNames>()
            .AddSingleton<Destinations>()
            .AddSingleton(provider => new SecretBox(key, provider.GetRequiredService<NpgsqlDataSource>()))
            .AddSingleton<PartnerClient>()
            .AddSingleton<Parcels>()
            .AddSingleton<EndpointBook>()
            .AddSingleton<DeliveryDesk>()
            .AddScoped<PurgeJob>()
            .AddOrdersJob<PurgeJob>(PurgeJob.Name, PurgeJob.Daily);
    }

    public static EndpointConfiguration AddPartners(this EndpointConfiguration endpoint) => endpoint
        .Messages(PartnerMessages.All)
        // Each order says several of these: while no partner listens, they cost orders no delivery.
        .SubscribeLater<OrderPlaced>()
        .SubscribeLater<OrderStatusChanged>()
        .Participant<Listeners>()
        .Participant<QueueDrain>()
        .Participant<DeliveryBook>()
        .Handler<PartnerEventsHandler>()
        .Handler<DrainHandler>()
        .Handler<AttemptedHandler>()
        .Handler<ReplayHandler>()
        .Activity<AttemptDelivery, AttemptDeliveryActivity>(new() { Destination = "partners", Timeout = Timeout, MaxParallel = MaxParallel });

    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        routes.MapPartnerEndpoints();
        routes.MapPartnerDeliveries();
    }
}
