using Microsoft.Extensions.Configuration;
using Orders.Bus.Engine;
using Orders.Bus.RabbitMq;

namespace Orders.Tests.Unit.BusRabbitMq;

public sealed class RabbitMqSettingsTests
{
    [Fact]
    public void Settings_are_read_and_what_is_not_said_has_its_default()
    {
        var settings = RabbitMqSettings.From(Configuration(("DeliveryLimit", "7"), ("UnroutableFor", "00:05:00")), "amqp://u:p@mq:5673/orders");

        Assert.Equal(7, settings.DeliveryLimit);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.UnroutableFor);
        Assert.Equal(500, settings.Prefetch);
        Assert.Equal("amqp://mq:5673/orders", settings.Address);
    }

    [Theory]
    [InlineData("DeliveryLimit", "0")]
    [InlineData("Prefetch", "65536")]
    [InlineData("InboxRetention", "soon")]
    [InlineData("ManualRetryAge", "-1.00:00:00")]
    public void A_setting_that_makes_no_sense_is_named(string key, string value)
    {
        var refused = Assert.Throws<TransportException>(() => RabbitMqSettings.From(Configuration((key, value)), "amqp://mq"));

        Assert.Contains($"Orders:RabbitMq:{key} is '{value}'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mq:5672")]
    [InlineData("http://mq")]
    [InlineData("")]
    public void A_broker_that_is_no_address_is_refused(string broker) =>
        Assert.Throws<TransportException>(() => RabbitMqSettings.From(Configuration(), broker));

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Orders:RabbitMq:{setting.Key}", (string?)setting.Value)))
        .Build();
}
