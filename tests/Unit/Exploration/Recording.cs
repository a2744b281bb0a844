using System.Globalization;
using Orders.Api.OrderProcess;
using Orders.Bus.Composition;
using Orders.Bus.History;
using Orders.Bus.Testing;
using Orders.Bus.Testing.Replay;
using Orders.Contracts;

namespace Orders.Tests.Unit.Exploration;

/// <summary>A step of the saga in a world, as the engine records one.</summary>
internal static class Recording
{
    /// <summary>Every message that the order process hears or says.</summary>
    public static IReadOnlyList<MessageContract> All { get; } = [.. Catalogue.Messages, .. OrderProcessMessages.All];

    private static readonly RecordedMessages Messages = new(All);
    private static readonly Dictionary<string, string> NoHeaders = [];

    public static HistoryStep Of(OrderWorld world, object message, OrderSaga saga, TestableMessageHandlerContext context)
    {
        var step = world.History.Count + 1;
        var id = Guid.ParseExact(step.ToString("x32", CultureInfo.InvariantCulture), "N").ToString("D");
        return Messages.Step(
            saga, OrderSagaJson.Default.OrderSagaData, step, world.Now, message is PaymentDeadline or DispatchDeadline, message, id, NoHeaders, context.Said);
    }
}
