using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus;

public sealed class FaultPointsTests
{
    [Theory]
    [InlineData("after-commit:3", "after-commit", true)]
    [InlineData("after-commit:3", "after", false)]
    [InlineData("after-commit:3", "after-commit:3", false)]
    [InlineData("3", "after-commit", false)]
    public void Only_the_named_point_is_armed(string setting, string point, bool armed) => Assert.Equal(armed, FaultPoints.IsArmed(setting, point));

    [Fact]
    public void It_ends_when_it_has_been_reached_as_often_as_was_said()
    {
        Assert.Equal(3, FaultPoints.TimesOf("after-commit:3"));
        Assert.Equal(0, FaultPoints.TimesOf(null));
    }

    [Theory]
    [InlineData("after-commit")]
    [InlineData("after-commit:0")]
    [InlineData("after-commit:often")]
    public void A_setting_that_does_not_say_how_often_is_refused(string setting) =>
        Assert.Null(FaultPoints.TimesOf(setting));
}
