using Orders.Bus.Engine;
using Orders.Contracts;

namespace Orders.Tests.Unit.Architecture;

/// <summary>Each endpoint may have a database of its own: whoever hears of persons also hears that they are erased, and masks.</summary>
public sealed class ErasureCoverageTests
{
    [Fact]
    public void Whoever_hears_what_is_personal_of_an_order_masks_it_when_the_order_is_erased()
    {
        var hearing = Hearing(typeof(OrderPlaced), typeof(OrderCancelled), typeof(OrderCancelling), typeof(CancelOrder));
        Assert.Contains(Endpoints.Dispatch, hearing);
        Assert.Empty(hearing.Except(Hearing(typeof(OrderErased))));
    }

    [Fact]
    public void Whoever_hears_what_is_personal_of_a_customer_masks_it_when_the_customer_is_erased()
    {
        var hearing = Hearing(typeof(CustomerChanged));
        Assert.Contains(Endpoints.Webhooks, hearing);
        Assert.Empty(hearing.Except(Hearing(typeof(CustomerErased))));
    }

    /// <summary>A message with something personal that is not of the two kinds above needs somebody who has it masked.</summary>
    [Fact]
    public void What_crosses_borders_and_is_personal_is_of_an_order_or_a_customer() => Assert.Equal(
        [nameof(CancelOrder), nameof(CustomerChanged), nameof(OrderCancelled), nameof(OrderCancelling), nameof(OrderPlaced)],
        Catalogue.Messages.Where(contract => PersonalMember.Of(contract.Json).Any()).Select(contract => contract.Type.Name).Order(StringComparer.Ordinal));

    private static string[] Hearing(params Type[] messages) =>
    [
        .. ComposedHost.Endpoints.Where(endpoint => endpoint.HandlerTypes.Concat(endpoint.Sagas.Select(saga => saga.SagaType))
            .SelectMany(handler => handler.GetInterfaces())
            .Any(hears => hears.IsGenericType && hears.GetGenericTypeDefinition() == typeof(IHandleMessages<>) && messages.Contains(hears.GenericTypeArguments[0])))
            .Select(endpoint => endpoint.Name),
    ];
}
