using Microsoft.Extensions.Configuration;
using Orders.Dispatch.PromiseDelivery;

namespace Orders.Tests.Unit.Dispatch.PromiseDelivery;

/// <summary>Calendars as configuration makes them.</summary>
internal static class Warehouses
{
    public static DeliveryCalendar With(params (string Key, string Value)[] settings) => new(Options(settings));

    public static WarehouseOptions Options(params (string Key, string Value)[] settings) => WarehouseOptions.From(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Orders:Warehouse:" + s.Key, (string?)s.Value)))
            .Build());

    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
