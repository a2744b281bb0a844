using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Orders.Bus.Testing;

/// <summary>Calls the saga's method for a message whose type is known only at run time.</summary>
internal static class SagaInvocation
{
    public static Task Handle(object saga, object message, IMessageHandlerContext context) =>
        Invoke(saga, message, context, typeof(IHandleMessages<>), "Handle");

    public static Task Timeout(object saga, object message, IMessageHandlerContext context) =>
        Invoke(saga, message, context, typeof(IHandleTimeouts<>), "Timeout");

    public static bool IsStartedBy(Type saga, Type message) =>
        typeof(IAmStartedByMessages<>).MakeGenericType(message).IsAssignableFrom(saga);

    private static Task Invoke(object saga, object message, IMessageHandlerContext context, Type handler, string method)
    {
        var type = handler.MakeGenericType(message.GetType());
        if (!type.IsInstanceOfType(saga))
        {
            throw new InvalidOperationException(
                $"{saga.GetType().Name} does not implement {handler.Name.Split('`')[0]}<{message.GetType().Name}>. Implement it to handle this message.");
        }

        try
        {
            return (Task)type.GetMethod(method)!.Invoke(saga, [message, context])!;
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
