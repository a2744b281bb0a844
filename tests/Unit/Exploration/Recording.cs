using System.Globalization;
using System.Text.Json;
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
    private static readonly Dictionary<Type, MessageContract> ByType = All.ToDictionary(contract => contract.Type);

    public static HistoryStep Of(OrderWorld world, object message, OrderSaga saga, TestableMessageHandlerContext context)
    {
        var contract = ByType[message.GetType()];
        var step = world.History.Count + 1;
        return new()
        {
            Saga = nameof(OrderSaga),
            SagaId = Scenario.OrderId,
            Step = step,
            At = world.Now,
            Timeout = message is PaymentDeadline or DispatchDeadline,
            Message = new(
                Guid.ParseExact(step.ToString("x32", CultureInfo.InvariantCulture), "N"), contract.Name, contract.Version,
                new Dictionary<string, string>(StringComparer.Ordinal), JsonSerializer.SerializeToElement(message, contract.Json)),
            State = JsonSerializer.SerializeToElement(saga.Data, OrderSagaJson.Default.OrderSagaData),
            Completed = saga.Completed,
            Sent = Messages.Said(context),
        };
    }
}
