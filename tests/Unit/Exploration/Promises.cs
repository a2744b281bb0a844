using System.Text.Json;
using Orders.Api.OrderProcess;
using Orders.Dispatch.Shipments;
using Orders.Inventory.Stock;
using Orders.Payments.Close;
using Orders.Payments.Reconcile;
using Orders.Simulators.Carrier;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Exploration;

/// <summary>What holds after every step, and what holds when nothing is left to do.</summary>
internal static class Promises
{
    public static string? Always(OrderWorld world)
    {
        var captures = Approved(world, OperationKind.Capture).Count();
        var holders = world.Bookings.Count(booking => booking.Status is BookingStatus.Booked or BookingStatus.Collected);
        return
            captures > 1 ? "the payment is captured twice"
            : Approved(world, OperationKind.Refund).Count() > captures ? "more is refunded than was captured"
            : world.Ends.Count > 1 ? $"the order ends twice: {string.Join(", ", world.Ends)}"
            : holders > 1 ? "two carriers have the shipment"
            : holders > 0 && Net(world) != Scenario.Total.Minor ? "goods are with a carrier that are not paid"
            : holders > 0 && world.Hold is not { State: HoldState.Held or HoldState.Committed } ? "goods are with a carrier that are not held"
            : world.Stock.Values.Any(level => level.Available < 0 || level.OnHand + level.Shipped != level.Adjusted) ? "the stock does not add up"
            : world.Stock.Values.Any(level => (level.Held, level.Shipped) != Meant(world.Hold, level.Sku)) ? "the stock is not what the hold says"
            : world.Confirmations > 1 ? "the order is confirmed twice"
            : null;
    }

    public static string? AtRest(OrderWorld world)
    {
        var dispatched = world.Shipment?.Progress.State == ShipmentState.Dispatched;
        var (standing, captured) = PaymentsSide.Standing(world);
        return
            world.Deliveries is [var stuck, ..] ? $"{stuck.Name}, and it is tried again for ever"
            : world.Ends.Count != 1 || !world.Ended ? $"the order never ends (it is {State(world)})"
            : dispatched && world.Confirmations == 0 ? "the order is completed and was never confirmed"
            : world.Hold is { State: HoldState.Held } ? "stock is still held"
            : (world.Hold?.State == HoldState.Committed) != dispatched ? "what left the warehouse is not what was committed"
            : (world.Ends[0] == "OrderCompleted") != dispatched ? $"the order ends as {world.Ends[0]}, and the goods {(dispatched ? "left" : "stayed")}"
            : standing == ProviderStanding.Authorised ? "a payment is still authorised"
            : Net(world) != (dispatched ? Scenario.Total.Minor : 0) ? $"{Net(world)} is kept for goods that {(dispatched ? "left" : "stayed")}"
            : world.GiftHeld != 0 ? "a gift card is still held"
            : ReconcileRules.Judge(world.Payment!, standing, captured) != Verdict.Agrees ? "payments and provider disagree"
            : null;
    }

    /// <summary>The units of the item that are held and shipped by what the order's hold says.</summary>
    private static (long Held, long Shipped) Meant(Hold? hold, string sku)
    {
        var units = hold?.Lines.Where(line => line.Sku == sku).Sum(line => line.Quantity) ?? 0;
        return hold?.State switch
        {
            HoldState.Held => (units, 0),
            HoldState.Committed => (0, units),
            _ => (0, 0),
        };
    }

    /// <summary>What is kept, from card and gift card, in minor units.</summary>
    private static long Net(OrderWorld world) =>
        Approved(world, OperationKind.Capture).Sum(entry => entry.Amount.Minor) - Approved(world, OperationKind.Refund).Sum(entry => entry.Amount.Minor)
        + world.Scenario.Gift - world.GiftBalance;

    private static IEnumerable<LedgerEntry> Approved(OrderWorld world, OperationKind operation) =>
        world.Ledger.Where(entry => entry.Operation == operation && entry.Outcome == OperationOutcome.Approved);

    private static OrderState? State(OrderWorld world) => world.Saga is null
        ? null
        : JsonSerializer.Deserialize(world.Saga, OrderSagaJson.Default.OrderSagaData)!.Progress.State;
}
