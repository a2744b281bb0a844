using System.Reflection;

namespace Orders.Bus.Engine;

/// <summary>Turns the programming model's generic interfaces into delegates, once at start-up.</summary>
internal static class Invokers
{
    public static Func<object, object, IMessageHandlerContext, Task> ForHandler(Type message) => Make(nameof(Handle), message);

    public static Func<object, object, IMessageHandlerContext, Task> ForTimeout(Type message) => Make(nameof(Timeout), message);

    private static Func<object, object, IMessageHandlerContext, Task> Make(string method, Type message) =>
        typeof(Invokers).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(message)
            .CreateDelegate<Func<object, object, IMessageHandlerContext, Task>>();

    private static Task Handle<T>(object handler, object message, IMessageHandlerContext context) =>
        ((IHandleMessages<T>)handler).Handle((T)message, context);

    private static Task Timeout<T>(object saga, object message, IMessageHandlerContext context) =>
        ((IHandleTimeouts<T>)saga).Timeout((T)message, context);
}
