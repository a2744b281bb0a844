using Orders.Bus.Engine;

namespace Orders.Hosting;

/// <summary>An endpoint that hears of persons keeps what it heard: it has to hear as well that they are erased.</summary>
public static class ErasureRegistration
{
    /// <summary>For endpoints that hear of orders: the order's messages in this database are masked once it is erased.</summary>
    public static EndpointConfiguration MasksErasedOrders(this EndpointConfiguration endpoint) => endpoint.Handler<ErasedOrderMasking>();

    /// <summary>For endpoints that hear of customers: as for orders.</summary>
    public static EndpointConfiguration MasksErasedCustomers(this EndpointConfiguration endpoint) => endpoint.Handler<ErasedCustomerMasking>();
}
