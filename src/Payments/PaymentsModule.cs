using System.Globalization;
using Orders.Bus.Activities;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.Erase;
using Orders.Payments.GiftCards;
using Orders.Payments.Provider;
using Orders.Payments.Reconcile;
using Orders.Payments.State;
using Orders.Payments.Storage;

namespace Orders.Payments;

/// <summary>Authorises, captures, voids and refunds at the payment provider; keeps gift cards.</summary>
public static class PaymentsModule
{
    public const string Name = Endpoints.Payments;

    /// <summary>Longer than a slow issuer's two seconds, short enough for several attempts within a payment deadline of ten.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3.5);

    public static OrdersProcessBuilder AddPaymentsModule(this OrdersProcessBuilder process)
    {
        process.Services
            .AddModuleDb<PaymentsDb>("payments")
            .AddScoped<PaymentFlow>()
            .AddScoped<GiftCardIssuing>()
            .AddScoped<Reconciliation>()
            .AddScoped<ReconcilePayments>()
            .AddOrdersJob<ReconcilePayments>(ReconcilePayments.Name, IntervalOf(process.Configuration));
        AddGateway(process);
        return process.AddModule(Name, endpoint => Configure(endpoint, process.Deadlines), routes => routes.MapGiftCards());
    }

    private static void Configure(EndpointConfiguration endpoint, Deadlines deadlines)
    {
        var patient = new ActivityOptions
        {
            Destination = "payment-provider", Timeout = AttemptTimeout, MaxParallel = 256, MaxBackoff = TimeSpan.FromSeconds(10),
        };
        var authorise = patient with { MaxBackoff = TimeSpan.FromSeconds(2), GiveUpAfter = deadlines.Payment };
        endpoint
            .Messages(PaymentsMessages.All)
            .Participant<BatchOfPayments>()
            .DbContext<PaymentsDb>()
            .Handler<AuthoriseHandler>()
            .Handler<CaptureHandler>()
            .Handler<CloseHandler>()
            .Handler<HealHandler>()
            .Handler<OrderErasedHandler>()
            .MasksErasedOrders()
            .Activity<AuthoriseAtProvider, AuthoriseActivity>(authorise)
            .Activity<CaptureAtProvider, CaptureActivity>(patient)
            .Activity<VoidAtProvider, ClosingActivity>(patient)
            .Activity<RefundAtProvider, ClosingActivity>(patient);
    }

    private static void AddGateway(OrdersProcessBuilder process)
    {
        switch (process.Configuration["Orders:Gateway"] ?? "http")
        {
            case "http":
                process.Services.AddSingleton(ProviderClient.Create);
                break;
            case "inprocess":
                // The process that runs the simulators registers its IPaymentGateway.
                break;
            case var other:
                throw new InvalidOperationException($"The setting Orders:Gateway is '{other}'. Give http or inprocess.");
        }
    }

    private static TimeSpan IntervalOf(IConfiguration configuration)
    {
        var text = configuration["Orders:ReconciliationInterval"] ?? "00:01:00";
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? interval
            : throw new InvalidOperationException(
                $"The setting Orders:ReconciliationInterval is '{text}'. Give a time greater than zero such as 00:01:00.");
    }
}
