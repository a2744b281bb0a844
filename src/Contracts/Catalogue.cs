using Orders.Bus.Composition;
using static Orders.Bus.Composition.MessageContract;

namespace Orders.Contracts;

/// <summary>Every message that crosses a module's border, with its wire name, version, owner and business key.</summary>
public static class Catalogue
{
    public static IReadOnlyList<MessageContract> Messages { get; } =
    [
        Command("orders.cancel-order", 1, Endpoints.Orders, ContractsJson.Default.CancelOrder, message => ByOrder(message.OrderId)),
        Event("orders.order-cancelled", 1, ContractsJson.Default.OrderCancelled, message => ByOrder(message.OrderId)),
        Event("orders.order-cancelling", 1, ContractsJson.Default.OrderCancelling, message => ByOrder(message.OrderId)),
        Event("orders.order-completed", 1, ContractsJson.Default.OrderCompleted, message => ByOrder(message.OrderId)),
        Event("orders.order-confirmed", 1, ContractsJson.Default.OrderConfirmed, message => ByOrder(message.OrderId)),
        Event("orders.order-erased", 1, ContractsJson.Default.OrderErased, message => ByOrder(message.OrderId)),
        Event("orders.order-needs-attention", 1, ContractsJson.Default.OrderNeedsAttention, message => ByOrder(message.OrderId)),
        Event("orders.order-placed", 1, ContractsJson.Default.OrderPlaced, message => ByOrder(message.OrderId)),
        Event("orders.order-rejected", 1, ContractsJson.Default.OrderRejected, message => ByOrder(message.OrderId)),
        Event("orders.order-status-changed", 1, ContractsJson.Default.OrderStatusChanged, message => ByOrder(message.OrderId))
            .ForSubscribersAlone(),

        Event("inventory.catalog-item-changed", 1, ContractsJson.Default.CatalogItemChanged, message => message.Sku),
        Command("inventory.commit-stock", 1, Endpoints.Inventory, ContractsJson.Default.CommitStock, message => ByOrder(message.OrderId)),
        Event("inventory.hold-expired", 1, ContractsJson.Default.HoldExpired, message => ByOrder(message.OrderId)),
        Command("inventory.release-stock", 1, Endpoints.Inventory, ContractsJson.Default.ReleaseStock, message => ByOrder(message.OrderId)),
        Command("inventory.reserve-stock", 1, Endpoints.Inventory, ContractsJson.Default.ReserveStock, message => ByOrder(message.OrderId)),
        Event("inventory.stock-committed", 1, ContractsJson.Default.StockCommitted, message => ByOrder(message.OrderId)),
        Event("inventory.stock-low", 1, ContractsJson.Default.StockLow, message => message.Sku),
        Event("inventory.stock-released", 1, ContractsJson.Default.StockReleased, message => ByOrder(message.OrderId)),
        Event("inventory.stock-reserved", 1, ContractsJson.Default.StockReserved, message => ByOrder(message.OrderId)),
        Event("inventory.stock-short", 1, ContractsJson.Default.StockShort, message => ByOrder(message.OrderId)),

        Command("payments.capture-payment", 1, Endpoints.Payments, ContractsJson.Default.CapturePayment, message => ByOrder(message.OrderId)),
        Event("payments.payment-authorised", 1, ContractsJson.Default.PaymentAuthorised, message => ByOrder(message.OrderId)),
        Event("payments.payment-capture-failed", 1, ContractsJson.Default.PaymentCaptureFailed, message => ByOrder(message.OrderId)),
        Event("payments.payment-captured", 1, ContractsJson.Default.PaymentCaptured, message => ByOrder(message.OrderId)),
        Event("payments.payment-declined", 1, ContractsJson.Default.PaymentDeclined, message => ByOrder(message.OrderId)),
        Event("payments.payment-refunded", 1, ContractsJson.Default.PaymentRefunded, message => ByOrder(message.OrderId)),
        Event("payments.payment-unresolved", 1, ContractsJson.Default.PaymentUnresolved, message => ByOrder(message.OrderId)),
        Event("payments.payment-voided", 1, ContractsJson.Default.PaymentVoided, message => ByOrder(message.OrderId)),
        Command("payments.refund-payment", 1, Endpoints.Payments, ContractsJson.Default.RefundPayment, message => ByOrder(message.OrderId)),
        Command("payments.void-payment", 1, Endpoints.Payments, ContractsJson.Default.VoidPayment, message => ByOrder(message.OrderId)),

        Event("dispatch.delivery-promised", 1, ContractsJson.Default.DeliveryPromised, message => ByOrder(message.OrderId)),
        Event("dispatch.dispatch-failed", 1, ContractsJson.Default.DispatchFailed, message => ByOrder(message.OrderId)),
        Command("dispatch.dispatch-order", 1, Endpoints.Dispatch, ContractsJson.Default.DispatchOrder, message => ByOrder(message.OrderId)),
        Command("dispatch.hand-over-shipment", 1, Endpoints.Dispatch, ContractsJson.Default.HandOverShipment, message => ByOrder(message.OrderId)),
        Event("dispatch.shipment-dispatched", 1, ContractsJson.Default.ShipmentDispatched, message => ByOrder(message.OrderId)),
        Event("dispatch.shipment-packed", 1, ContractsJson.Default.ShipmentPacked, message => ByOrder(message.OrderId)),
        Event("dispatch.shipment-stopped", 1, ContractsJson.Default.ShipmentStopped, message => ByOrder(message.OrderId)),
        Command("dispatch.stop-shipment", 1, Endpoints.Dispatch, ContractsJson.Default.StopShipment, message => ByOrder(message.OrderId)),

        Event("webhooks.customer-changed", 1, ContractsJson.Default.CustomerChanged, message => ByCustomer(message.Source, message.CustomerId)),
        Event("webhooks.customer-erased", 1, ContractsJson.Default.CustomerErased, message => message.CustomerId),
    ];

    /// <summary>The business key of everything that belongs to one order.</summary>
    public static string ByOrder(Guid orderId) => orderId.ToString("D");

    /// <summary>The business key of everything that belongs to one record of one CRM.</summary>
    public static string ByCustomer(string source, string customerId) => $"{source}/{customerId}";
}
