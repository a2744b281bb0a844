using Orders.Bus.Testing;

namespace Orders.Tests.Unit.Exploration;

/// <summary>What a handler said, taken over into the world.</summary>
internal static class Heard
{
    /// <summary>Runs a handler to its end: it does no I/O, so it never waits.</summary>
    public static TestableMessageHandlerContext From(Func<TestableMessageHandlerContext, Task> handle)
    {
        var context = new TestableMessageHandlerContext();
        var handled = handle(context);
        if (!handled.IsCompleted)
        {
            throw new NotSupportedException("A handler waits for something outside. Exploration runs on what the world holds.");
        }

        handled.GetAwaiter().GetResult();
        return context;
    }

    /// <summary>Events and commands go out; what an endpoint sends to itself is a call it asks for.</summary>
    public static OrderWorld Take(this OrderWorld world, string endpoint, TestableMessageHandlerContext context)
    {
        foreach (var said in context.PublishedMessages.Select(published => published.Message).Concat(context.SentMessages.Except(context.TimeoutMessages).Where(sent => !Activities.IsCall(sent.Message)).Select(sent => sent.Message)))
        {
            world = world.Say(endpoint, said);
        }

        foreach (var call in context.SentMessages.Select(sent => sent.Message).Where(Activities.IsCall))
        {
            world = world with { Calls = world.Calls.Add(new(endpoint, call)) };
        }

        return world;
    }
}
