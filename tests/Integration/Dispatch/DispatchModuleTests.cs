using System.Net.Http.Json;
using System.Text.Json;
using Orders.Contracts;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Dispatch;

public sealed class DispatchModuleTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("12345", "swift", 60)] // any place
    [InlineData("00001", "steady", 60)] // the first refuses
    [InlineData("00002", "swift", 60)] // the first's answer is lost once
    [InlineData("00003", "swift", 1)] // the first never answers, but has it
    [InlineData("00004", "steady", 1)] // the first never answers, and has it not
    public async Task A_packed_shipment_ends_with_exactly_one_carrier(string postalCode, string carrier, int giveUpAfterSeconds)
    {
        await using var rig = await PackedAsync(postalCode, giveUpAfterSeconds);
        await rig.SendAsync(new HandOverShipment(rig.OrderId));
        var dispatched = await rig.NextAsync<ShipmentDispatched>();
        Assert.Equal(carrier, dispatched.Carrier);
        Assert.Equal([dispatched.TrackingNumber], await TakenAsync(rig));
    }

    [Fact]
    public async Task A_shipment_that_nobody_takes_fails_and_can_be_stopped()
    {
        await using var rig = await PackedAsync("00000");
        await rig.SendAsync(new HandOverShipment(rig.OrderId));
        await rig.NextAsync<DispatchFailed>();
        await rig.SendAsync(new StopShipment(rig.OrderId));
        await rig.NextAsync<ShipmentStopped>();
        Assert.Empty(await TakenAsync(rig));
    }

    [Fact]
    public async Task While_the_carriers_are_down_nothing_is_lost_and_a_stop_is_answered_when_they_are_back()
    {
        await using var rig = await PackedAsync("12345");
        using var http = rig.Http();
        using (await http.PostAsJsonAsync("/sim/carrier/faults", new { down = true }, Token))
        {
            await rig.SendAsync(new HandOverShipment(rig.OrderId));
            await rig.NextAsync<DispatchFailed>();
            await rig.SendAsync(new StopShipment(rig.OrderId));
        }

        using var up = await http.PostAsJsonAsync("/sim/carrier/faults", new { down = false }, Token);
        await rig.NextAsync<ShipmentStopped>();
        Assert.Empty(await TakenAsync(rig));
    }

    private async Task<DispatchRig> PackedAsync(string postalCode, int giveUpAfterSeconds = 1)
    {
        var rig = await DispatchRig.StartAsync(await server.CreateDatabaseAsync(Token), TimeSpan.FromSeconds(giveUpAfterSeconds));
        await rig.PlaceAsync(postalCode);
        Assert.Equal(new DateTimeOffset(2026, 1, 16, 1, 0, 0, TimeSpan.Zero), (await rig.NextAsync<DeliveryPromised>()).PromisedBy);
        await rig.SendAsync(new DispatchOrder(rig.OrderId));
        Assert.Equal([new PackedLine("2341083", 2)], (await rig.NextAsync<ShipmentPacked>()).Lines);
        return rig;
    }

    private static async Task<IEnumerable<string?>> TakenAsync(DispatchRig rig)
    {
        using var http = rig.Http();
        var bookings = await http.GetFromJsonAsync<JsonElement>("/sim/carrier/bookings", Token);
        return bookings.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("status").GetString() is "booked" or "collected")
            .Select(item => item.GetProperty("trackingNumber").GetString());
    }
}
