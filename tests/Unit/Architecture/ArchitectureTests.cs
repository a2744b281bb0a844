using System.Reflection;
using Orders.Contracts;

namespace Orders.Tests.Unit.Architecture;

public sealed class ArchitectureTests
{
    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        var edges = ProjectReferences.Read(ProjectReferences.Root()).ToList();

        Assert.Contains(("Payments", "Bus"), edges);
        Assert.Empty(ProjectReferences.Forbidden(edges));
    }

    [Theory]
    [InlineData("Payments", "Inventory")]
    [InlineData("Contracts", "Bus")]
    [InlineData("Bus", "Contracts")]
    [InlineData("Hosting", "Payments")]
    [InlineData("Unheard.Of", "Bus")]
    public void A_planted_forbidden_reference_is_found(string from, string to)
    {
        var edges = ProjectReferences.Read(ProjectReferences.Root()).Append((from, to));

        Assert.Equal([(from, to)], ProjectReferences.Forbidden(edges));
    }

    [Fact]
    public void A_module_shows_its_module_class_alone()
    {
        Assembly[] modules =
        [
            typeof(global::Orders.Api.OrdersModule).Assembly, typeof(global::Orders.Payments.PaymentsModule).Assembly, typeof(global::Orders.Inventory.InventoryModule).Assembly,
            typeof(global::Orders.Dispatch.DispatchModule).Assembly,
            typeof(global::Orders.Analytics.AnalyticsModule).Assembly,
            typeof(global::Orders.Webhooks.WebhooksModule).Assembly,
        ];
        // Program is made by the compiler.
        var shown = modules.SelectMany(module => module.GetExportedTypes()).Select(type => type.Name).Order(StringComparer.Ordinal);

        Assert.All(shown, name => Assert.True(name == "Program" || name.EndsWith("Module", StringComparison.Ordinal), name + " is public"));
    }

    [Fact]
    public void A_wire_name_stands_for_one_message_and_a_message_has_one_wire_name()
    {
        Assert.Equal(Catalogue.Messages.Count, Catalogue.Messages.Select(message => (message.Name, message.Version)).Distinct().Count());
        Assert.Equal(Catalogue.Messages.Count, Catalogue.Messages.Select(message => message.Type).Distinct().Count());
    }

    [Fact]
    public void Every_message_type_is_in_the_catalogue()
    {
        var messages = typeof(Catalogue).Assembly.GetTypes()
            .Where(type => type.IsClass && (typeof(ICommand).IsAssignableFrom(type) || typeof(IEvent).IsAssignableFrom(type)));

        Assert.Empty(messages.Except(Catalogue.Messages.Select(message => message.Type)));
    }
}
