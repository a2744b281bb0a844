using Orders.Bus.Activities;
using Orders.Dispatch.HandOver;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Tests.Unit.Payments;

namespace Orders.Tests.Unit.Exploration;

/// <summary>The production activities, on the simulators' own rules.</summary>
internal static class Activities
{
    public static bool IsCall(object message) => message is AuthoriseAtProvider or CaptureAtProvider or VoidAtProvider or RefundAtProvider or BookCarrier or CancelBooking;

    /// <summary>Those that have a limit to their patience.</summary>
    public static bool MayBeGivenUp(Call call) => call.Request is AuthoriseAtProvider or BookCarrier or CancelBooking;

    public static OrderWorld Answer(OrderWorld world, Call call)
    {
        var (after, outcome) = Execute(world, call);
        return (after with { Calls = world.Calls.Remove(call) }).Say(call.From, outcome, to: call.From);
    }

    /// <summary>What was done stays done; the call is made again.</summary>
    public static OrderWorld Lose(OrderWorld world, Call call) =>
        Execute(world, call).World with { Calls = world.Calls.Replace(call, call with { Attempts = call.Attempts + 1 }) };

    /// <summary>After a first attempt, whose answer was lost if there was one, nobody waits any longer.</summary>
    public static OrderWorld GiveUp(OrderWorld world, Call call)
    {
        var attempt = new ActivityAttempt(call.Attempts + 1, Scenario.Noon, "no answer");
        object outcome = call.Request switch
        {
            AuthoriseAtProvider request => new AuthoriseActivity(null!).GiveUp(request, attempt),
            BookCarrier request => new BookCarrierActivity(null!).GiveUp(request, attempt),
            CancelBooking request => new CancelBookingActivity(null!).GiveUp(request, attempt),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call.Name, "It is never given up."),
        };
        return (world with { Calls = world.Calls.Remove(call) }).Say(call.From, outcome, to: call.From);
    }

    private static (OrderWorld World, object Outcome) Execute(OrderWorld world, Call call)
    {
        var provider = new LedgerGateway(world.Ledger);
        var carriers = new RegisterOfCarriers(world.Bookings, world.Scenario.PostalCode);
        var attempt = new ActivityAttempt(call.Attempts + 1, Scenario.Noon, null);
        var executed = call.Request switch
        {
            AuthoriseAtProvider request => new AuthoriseActivity(provider).ExecuteAsync(request, attempt, CancellationToken.None),
            CaptureAtProvider request => new CaptureActivity(provider).ExecuteAsync(request, attempt, CancellationToken.None),
            VoidAtProvider request => new ClosingActivity(provider).ExecuteAsync(request, attempt, CancellationToken.None),
            RefundAtProvider request => new ClosingActivity(provider).ExecuteAsync(request, attempt, CancellationToken.None),
            BookCarrier request => new BookCarrierActivity(carriers).ExecuteAsync(request, attempt, CancellationToken.None),
            CancelBooking request => new CancelBookingActivity(carriers).ExecuteAsync(request, attempt, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call.Name, "Nobody carries it out."),
        };
        var outcome = executed.GetAwaiter().GetResult();
        return (world with { Ledger = [.. provider.Ledger.After(0, int.MaxValue)], Bookings = [.. carriers.All] }, outcome);
    }
}
