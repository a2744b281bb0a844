namespace Orders.Tests.Unit.Dispatch.PromiseDelivery;

public sealed class WarehouseOptionsTests
{
    [Theory]
    [InlineData("TimeZone", "Mars/Olympus", "tzdata")]
    [InlineData("CutOff", "25:00", "14:00")]
    [InlineData("DeliverBy", "late", "20:00")]
    [InlineData("PrimeDays", "0", "1 to 60")]
    [InlineData("Holidays:0", "24.12.2026", "2026-12-24")]
    [InlineData("PublicHolidays", "maybe", "True")]
    public void A_bad_setting_is_refused_with_its_name_and_what_to_give(string key, string value, string advice)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Warehouses.Options((key, value)));
        Assert.Contains("Orders:Warehouse:" + key, fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_zone_data_is_there_although_globalization_is_invariant() =>
        Assert.True(Warehouses.Options(("TimeZone", "Europe/Berlin")).TimeZone.SupportsDaylightSavingTime);
}
