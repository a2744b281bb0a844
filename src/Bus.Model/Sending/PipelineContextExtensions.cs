namespace Orders.Bus;

/// <summary>Shorthand for sending from a handler.</summary>
public static class PipelineContextExtensions
{
    public static Task Send(this IPipelineContext context, object message) => context.Send(message, new SendOptions());

    public static Task Send(this IPipelineContext context, string destination, object message)
    {
        var options = new SendOptions();
        options.SetDestination(destination);
        return context.Send(message, options);
    }

    public static Task SendLocal(this IPipelineContext context, object message)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        return context.Send(message, options);
    }

    public static Task Publish(this IPipelineContext context, object message) => context.Publish(message, new PublishOptions());

    public static Task Reply(this IMessageProcessingContext context, object message) => context.Reply(message, new ReplyOptions());
}

/// <summary>Shorthand for sending from outside a handler.</summary>
public static class MessageSessionExtensions
{
    public static Task Send(this IMessageSession session, object message, CancellationToken cancellationToken = default) =>
        session.Send(message, new SendOptions(), cancellationToken);

    public static Task Send(
        this IMessageSession session, string destination, object message, CancellationToken cancellationToken = default)
    {
        var options = new SendOptions();
        options.SetDestination(destination);
        return session.Send(message, options, cancellationToken);
    }

    public static Task SendLocal(this IMessageSession session, object message, CancellationToken cancellationToken = default)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        return session.Send(message, options, cancellationToken);
    }

    public static Task Publish(this IMessageSession session, object message, CancellationToken cancellationToken = default) =>
        session.Publish(message, new PublishOptions(), cancellationToken);
}
