using Orders.Bus.Engine;
using Orders.Tests.Unit.Architecture;

namespace Orders.Tests.Unit.Orders.OrderProcess;

public sealed class OrderSagaIdentityTests
{
    /// <summary>Running orders are found by them: whatever the class is called and wherever it is, id and name stay.</summary>
    [Fact]
    public void An_orders_saga_has_the_id_and_name_that_it_always_had()
    {
        var saga = ComposedHost.Endpoints.SelectMany(endpoint => endpoint.Sagas).Single();

        Assert.Equal("OrderSaga", saga.Name);
        Assert.Equal(
            Guid.Parse("01a1fdea-d3ea-7e7e-c978-da8433750f47"), SagaId.Of(saga.Identity, Guid.Parse("01a1fdea-d3ea-7e7e-8819-9c5f0df49778")));
    }
}
