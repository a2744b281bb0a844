using Orders.Simulators.Carrier;

namespace Orders.Tests.Unit.Simulators.Carrier;

public sealed class BookingRegisterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 13, 12, 0, 0, TimeSpan.Zero);
    private readonly BookingRegister register = new([]);

    [Fact]
    public void Booking_again_with_the_same_key_answers_the_same()
    {
        var first = Book("swift", "12345");
        Assert.Equal(first, Book("swift", "12345"));
        Assert.Single(register.All);
    }

    [Fact]
    public void A_cancelled_key_never_books()
    {
        Book("swift", "12345");
        register.Cancel("swift", "k", Now);
        Assert.Equal(BookingStatus.Cancelled, Book("swift", "12345").Status);
    }

    [Fact]
    public void A_cancellation_that_comes_first_refuses_the_booking()
    {
        register.Cancel("swift", "k", Now);
        Assert.Equal(BookingStatus.Cancelled, Book("swift", "12345").Status);
    }

    [Fact]
    public void What_was_collected_cannot_be_cancelled()
    {
        Book("swift", PostalCodes.CollectedInSilence);
        Assert.Equal(BookingStatus.Collected, register.Cancel("swift", "k", Now).Booking.Status);
    }

    [Theory]
    [InlineData("swift", PostalCodes.RefusedByAll, true)]
    [InlineData("steady", PostalCodes.RefusedByAll, true)]
    [InlineData("swift", PostalCodes.RefusedByFirst, true)]
    [InlineData("steady", PostalCodes.RefusedByFirst, false)]
    public void Some_places_are_refused(string carrier, string postalCode, bool refused) =>
        Assert.Equal(refused, Book(carrier, postalCode).Status == BookingStatus.Refused);

    private Booking Book(string carrier, string postalCode) => register.Book(carrier, "k", "reference", postalCode, Now).Booking;
}
