using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;

namespace Orders.Tests.Bus.Transport;

/// <summary>Handles as the test says.</summary>
internal sealed class Behaving<T>(Behaviour<T> behaviour) : IHandleMessages<T>
{
    public Task Handle(T message, IMessageHandlerContext context) => behaviour.Run(message, context);
}

internal sealed record Behaviour<T>(Func<T, IMessageHandlerContext, Task> Run);

internal static class BehavingEndpoint
{
    public static EndpointConfiguration On<T>(this EndpointConfiguration endpoint, Func<T, IMessageHandlerContext, Task> run)
    {
        endpoint.Services.AddSingleton(new Behaviour<T>(run));
        return endpoint.Handler<Behaving<T>>();
    }

    public static EndpointConfiguration On<T>(this EndpointConfiguration endpoint, Action<T> run) => endpoint.On<T>((message, _) =>
    {
        run(message);
        return Task.CompletedTask;
    });

    public static EndpointConfiguration Retries(this EndpointConfiguration endpoint, int immediate, int delayed)
    {
        endpoint.Recoverability.Immediate(i => i.NumberOfRetries(immediate)).Delayed(d => d.NumberOfRetries(delayed).TimeIncrease(TimeSpan.FromHours(1)));
        return endpoint;
    }
}
