using System.Text.Json.Serialization.Metadata;
using Orders.Bus.Engine;
using Orders.Tests.Unit.Architecture;

namespace Orders.Tests.Unit.Bus.Erasing;

/// <summary>Every text that a message carries has been decided on: it says something of a person, or it is named here.</summary>
public sealed class PersonalMembersTests
{
    private static readonly string[] Impersonal =
    [
        "dispatch.book-carrier carrier",
        "dispatch.booking-cancelled carrier",
        "dispatch.booking-made carrier",
        "dispatch.booking-made trackingNumber",
        "dispatch.booking-refused carrier",
        "dispatch.booking-refused reason",
        "dispatch.booking-unknown carrier",
        "dispatch.cancel-booking carrier",
        "dispatch.cancellation-unknown carrier",
        "dispatch.dispatch-failed reason",
        "dispatch.shipment-dispatched carrier",
        "dispatch.shipment-dispatched trackingNumber",
        "dispatch.shipment-packed lines.sku",
        "inventory.catalog-item-changed name",
        "inventory.catalog-item-changed sku",
        "inventory.reserve-stock lines.name",
        "inventory.reserve-stock lines.sku",
        "inventory.stock-low sku",
        "inventory.stock-short skus",
        "orders.erase-orders userId",
        "orders.order-needs-attention detail",
        "orders.order-placed lines.name",
        "orders.order-placed lines.sku",
        "orders.order-rejected reason",
        "orders.order-status-changed lines.name",
        "orders.order-status-changed lines.sku",
        "orders.order-status-changed payment.status",
        "orders.order-status-changed reason",
        "orders.order-status-changed shipment.status",
        "orders.order-status-changed shipment.trackingNumber",
        "orders.order-status-changed status",
        "payments.authorisation-answered reason",
        "payments.capture-answered refusal",
        "payments.payment-capture-failed reason",
        "payments.payment-declined reason",
        "webhooks.apply-crm-change change.recordId",
        "webhooks.apply-crm-change source",
        "webhooks.crm-event-set-aside eventId",
        "webhooks.crm-event-set-aside source",
        "webhooks.customer-changed customerId",
        "webhooks.customer-changed source",
        "webhooks.customer-erased customerId",
        "webhooks.customer-erased sources",
        "webhooks.delivery-attempted answer.error",
        "webhooks.delivery-attempted answer.response",
        "webhooks.delivery-attempted answer.url",
        "webhooks.erase-customer customerId",
        "webhooks.read-record recordId",
        "webhooks.read-record source",
        "webhooks.reconcile-source source",
        "webhooks.record-read found.recordId",
        "webhooks.record-read recordId",
        "webhooks.record-read source",
        "webhooks.resync-source source",
        "webhooks.source-reconciled source",
    ];

    [Fact]
    public void Every_text_is_personal_or_known_not_to_be() => Assert.Equal(
        Impersonal.Order(StringComparer.Ordinal),
        ComposedHost.Messages
            .SelectMany(contract => Texts(contract.Json)
                .Except(PersonalMember.Of(contract.Json).SelectMany(member => Texts(contract.Json).Where(text => IsWithin(text, member.Path))))
                .Select(text => $"{contract.Name} {text}"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_personal_is_found_within_lists_and_what_holds_itself_is_looked_at_once() => Assert.Equal(
        ["Name", "Notes.Text"],
        PersonalMember.Of(PersonJson.Default.Person).Select(member => member.Path));

    private static bool IsWithin(string text, string path) => text == path || text.StartsWith(path + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonTypeInfo type, string at = "") => type switch
    {
        _ when type.Type == typeof(string) => [at],
        { ElementType: { } element } => Texts(type.Options.GetTypeInfo(element), at),
        _ => type.Properties.SelectMany(property => Texts(type.Options.GetTypeInfo(property.PropertyType), at == "" ? property.Name : $"{at}.{property.Name}")),
    };
}
