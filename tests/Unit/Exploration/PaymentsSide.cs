using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Orders.Payments.Authorise;
using Orders.Payments.Close;
using Orders.Payments.Reconcile;
using Orders.Payments.State;
using Orders.Payments.Storage;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Payments' handlers on the world's payment and gift card.</summary>
internal static class PaymentsSide
{
    private static readonly DbContextOptions<PaymentsDb> Options = new DbContextOptionsBuilder<PaymentsDb>().UseNpgsql().Options;

    public static OrderWorld Handle(OrderWorld world, object message)
    {
        using var db = new PaymentsDb(Options);
        var payments = new BatchOfPayments(db, null!);
        var card = world.Scenario.Gift > 0 ? Scenario.NewGift(world.GiftBalance, world.GiftHeld) : null;
        payments.Know(Scenario.OrderId, world.Payment, card is null ? [] : [card]);
        var clock = new WorldClock(world.Now);
        var flow = new PaymentFlow(payments, db, clock);
        var context = Heard.From(said => message is OrderPlaced placed
            ? new AuthoriseHandler(payments, flow, clock).Handle(placed, said)
            : flow.ApplyAsync(Scenario.OrderId, message, said));
        var after = payments.FindAsync(Scenario.OrderId, CancellationToken.None).GetAwaiter().GetResult();
        return (world with { Payment = after, GiftBalance = card?.BalanceMinor ?? 0, GiftHeld = card?.HeldMinor ?? 0 }).Take(Endpoints.Payments, context);
    }

    /// <summary>What reconciliation would mend, or null.</summary>
    public static ProviderStandingFound? Disagreement(OrderWorld world)
    {
        if (world.Payment is not { } payment)
        {
            return null;
        }

        var (standing, captured) = Standing(world);
        return ReconcileRules.Judge(payment, standing, captured) == Verdict.Heal ? new(Scenario.OrderId, payment.Version, standing, captured) : null;
    }

    public static OrderWorld Heal(OrderWorld world) => Handle(world, Disagreement(world)!);

    public static (ProviderStanding Standing, long CapturedMinor) Standing(OrderWorld world)
    {
        var found = new Ledger(world.Ledger).Find(Scenario.OrderId.ToString("D"));
        return (Standings.Of(found?.Status ?? "unknown"), found?.Captured.Minor ?? 0);
    }
}
