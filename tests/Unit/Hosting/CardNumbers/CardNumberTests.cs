using Orders.Hosting.CardNumbers;

namespace Orders.Tests.Unit.Hosting.CardNumbers;

public sealed class CardNumberTests
{
    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("card 4111 1111 1111 1111 please")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("4111 - 1111 - 1111 - 1111")]
    [InlineData("4111.1111.1111.1111")]
    [InlineData("4111\n1111\t1111\u00a01111")]
    [InlineData("x4111111111111111x")]
    [InlineData("4111 1111 1111 1111 12/27 123")]
    [InlineData("12 4111111111111111")]
    [InlineData("378282246310005")]
    [InlineData("4222222222222")]
    [InlineData("\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11")]
    public void A_card_number_is_found_however_it_is_written(string text) => Assert.True(CardNumber.IsIn(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Please put a ribbon on my package")]
    [InlineData("4111111111111112")] // fails the Luhn check
    [InlineData("411111111111")] // too short
    [InlineData("41111111 and 11111111")] // words between
    [InlineData("41111111.....11111111")] // too much between
    [InlineData("0000000000000000")]
    [InlineData("12345-6789, gate 4, floor 2")]
    public void What_is_no_card_number_passes(string? text) => Assert.False(CardNumber.IsIn(text));
}
