namespace Orders.Api.OrderProcess;

internal sealed class OrderSagaData : ContainSagaData
{
    public Guid OrderId { get; set; }

    public OrderProgress Progress { get; set; } = new();
}
