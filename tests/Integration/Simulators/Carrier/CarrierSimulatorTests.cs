using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orders.Bus.Activities;
using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Simulators.Carrier;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Simulators.Carrier;

public sealed class CarrierSimulatorTests(PostgresServer server)
{
    private static readonly ActivityAttempt FirstAttempt = new(1, DateTimeOffset.UnixEpoch, null);
    private readonly Guid orderId = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("inprocess")]
    public async Task A_booking_is_made_once_however_often_it_is_asked_for(string gateway)
    {
        await using var rig = await StartAsync(gateway);
        var first = Assert.IsType<BookingMade>(await BookAsync(rig, "swift", "12345"));
        Assert.Equal(first, await BookAsync(rig, "swift", "12345"));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("inprocess")]
    public async Task A_refusal_is_an_outcome(string gateway)
    {
        await using var rig = await StartAsync(gateway);
        Assert.IsType<BookingRefused>(await BookAsync(rig, "swift", PostalCodes.RefusedByFirst));
        Assert.IsType<BookingMade>(await BookAsync(rig, "steady", PostalCodes.RefusedByFirst));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("inprocess")]
    public async Task A_lost_reply_is_unknown_and_found_out_by_asking_again(string gateway)
    {
        await using var rig = await StartAsync(gateway);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => BookAsync(rig, "swift", PostalCodes.LostReply));
        Assert.IsType<BookingMade>(await BookAsync(rig, "swift", PostalCodes.LostReply));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("inprocess")]
    public async Task A_cancellation_takes_a_booking_back_and_refuses_it_from_then_on(string gateway)
    {
        await using var rig = await StartAsync(gateway);
        await BookAsync(rig, "swift", "12345");
        Assert.IsType<BookingCancelled>(await CancelAsync(rig));
        Assert.IsType<BookingRefused>(await BookAsync(rig, "swift", "12345"));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("inprocess")]
    public async Task A_cancellation_that_comes_too_late_says_that_the_carrier_has_it(string gateway)
    {
        await using var rig = await StartAsync(gateway);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => BookAsync(rig, "swift", PostalCodes.CollectedInSilence));
        Assert.IsType<BookingMade>(await CancelAsync(rig));
    }

    [Fact]
    public async Task Bookings_survive_the_simulators_end()
    {
        var connection = await server.CreateDatabaseAsync(Token);
        BookingMade before;
        await using (var rig = await CarrierRig.StartAsync(connection, "http", Token))
        {
            before = Assert.IsType<BookingMade>(await BookAsync(rig, "swift", "12345"));
            await BookAsync(rig, "steady", "12345");
            await rig.Carriers.CancelAsync("steady", $"book-{orderId:D}-steady", Token);
        }

        await using var again = await CarrierRig.StartAsync(connection, "http", Token);
        Assert.Equal(before, await BookAsync(again, "swift", "12345"));
        using var http = again.Http();
        var bookings = await http.GetFromJsonAsync<JsonElement>("/sim/carrier/bookings", Token);
        Assert.Equal(["booked", "cancelled"], bookings.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()));
        Assert.All(bookings.GetProperty("items").EnumerateArray(), item => Assert.Equal(orderId, item.GetProperty("reference").GetGuid()));
    }

    [Fact]
    public async Task A_carrier_that_is_down_is_unknown_until_it_is_up()
    {
        await using var rig = await StartAsync("http");
        using var http = rig.Http();
        using (await http.PostAsJsonAsync("/sim/carrier/faults", new { down = true }, Token))
        {
            var fault = await Assert.ThrowsAsync<HttpRequestException>(() => BookAsync(rig, "swift", "12345"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, fault.StatusCode);
        }

        using var up = await http.PostAsJsonAsync("/sim/carrier/faults", new { down = false }, Token);
        Assert.IsType<BookingMade>(await BookAsync(rig, "swift", "12345"));
    }

    [Fact]
    public async Task Looking_up_what_was_never_booked_answers_404()
    {
        await using var rig = await StartAsync("http");
        using var http = rig.Http();
        using var answer = await http.GetAsync("/sim/carrier/swift/bookings/nothing", Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<CarrierRig> StartAsync(string gateway) =>
        await CarrierRig.StartAsync(await server.CreateDatabaseAsync(Token), gateway, Token);

    private Task<object> BookAsync(CarrierRig rig, string carrier, string postalCode) => new BookCarrierActivity(rig.Carriers).ExecuteAsync(
        new(orderId, carrier, 1, new Address("David Xiang", "1 Main St", "Springfield", postalCode, "US")), FirstAttempt, Token);

    private Task<object> CancelAsync(CarrierRig rig) =>
        new CancelBookingActivity(rig.Carriers).ExecuteAsync(new(orderId, "swift", 1), FirstAttempt, Token);
}
