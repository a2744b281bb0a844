using System.Globalization;
using Orders.Bus.Engine;
using Orders.Hosting;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Erasing;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Intake;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Reconciling;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm;

/// <summary>What this module is made of on the side of the CRMs.</summary>
internal static class CrmRegistration
{
    public static void AddCrm(this OrdersProcessBuilder process) => process.Services
        .AddSingleton(SourceConfiguration.Read(process.Configuration, process.IsLocalMode))
        .AddSingleton<CrmFormats>()
        .AddSingleton<NewsMessages>()
        .AddSingleton<StoreEvents>()
        .AddSingleton<CrmClients>()
        .AddSingleton<CustomerQueries>()
        .AddSingleton<Healing>()
        .AddSingleton<Reconciliation>()
        .AddScoped<CustomerBook>()
        .AddScoped<ReconcileJob>()
        .AddOrdersJob<ReconcileJob>(ReconcileJob.Name, IntervalOf(process.Configuration));

    public static EndpointConfiguration AddCrm(this EndpointConfiguration endpoint)
    {
        // Neither a format nor what is written in it becomes another by trying again.
        endpoint.Recoverability.AddUnrecoverableException<UnreadableEventException>().AddUnrecoverableException<ProblemException>();
        return endpoint
            .Messages(CrmMessages.All)
            .Participant<BatchOfCustomers>()
            .Handler<ApplyHandler>()
            .Handler<CrmEventSetAsideHandler>()
            .Handler<ResyncHandler>()
            .Handler<EraseCustomerHandler>()
            .Activity<ReadRecord, ReadRecordActivity>(new() { Destination = "crm", GiveUpAfter = TimeSpan.FromHours(1) }, read => read.Source)
            .Activity<ReconcileSource, ReconcileSourceActivity>(
                new() { Destination = "crm", Timeout = TimeSpan.FromHours(1), GiveUpAfter = TimeSpan.FromHours(6) }, reconciling => reconciling.Source);
    }

    public static void MapCrm(this IEndpointRouteBuilder routes)
    {
        routes.MapIntake();
        routes.MapCustomers();
        routes.MapErase();
        routes.MapReconcile();
    }

    private static TimeSpan IntervalOf(IConfiguration configuration)
    {
        var text = configuration["Orders:Crm:ReconcileEvery"] ?? "00:05:00";
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? interval
            : throw new StartupException($"The setting Orders:Crm:ReconcileEvery is '{text}'. Give a time greater than zero such as 00:05:00.");
    }
}
