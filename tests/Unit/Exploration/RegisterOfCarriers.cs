using System.Net;
using Orders.Dispatch.Carriers;
using Orders.Simulators.Carrier;
using RestEase;

namespace Orders.Tests.Unit.Exploration;

/// <summary>The simulated carriers' own register behind their HTTP interface.</summary>
internal sealed class RegisterOfCarriers(IEnumerable<Booking> known, string postalCode) : ICarrierApi
{
    private readonly BookingRegister register = new(known);

    public IEnumerable<Booking> All => register.All;

    public Task<Response<CarrierBooking>> BookAsync(string carrier, string key, CarrierRequest request, CancellationToken cancellationToken) =>
        Answer(register.Book(carrier, key, request.Reference, postalCode, DateTimeOffset.UnixEpoch).Booking, CarrierStatus.OfBooking);

    public Task<Response<CarrierBooking>> CancelAsync(string carrier, string key, CancellationToken cancellationToken) =>
        Answer(register.Cancel(carrier, key, DateTimeOffset.UnixEpoch).Booking, _ => 200);

    private static Task<Response<CarrierBooking>> Answer(Booking booking, Func<Booking, int> status)
    {
        var body = new CarrierBooking(BookingTable.Word(booking.Status), booking.TrackingNumber, booking.Reason);
        return Task.FromResult(new Response<CarrierBooking>("", new HttpResponseMessage((HttpStatusCode)status(booking)), () => body));
    }
}
