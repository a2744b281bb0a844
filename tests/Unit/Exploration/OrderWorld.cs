using System.Collections.Immutable;
using Orders.Bus.History;
using Orders.Bus.Testing.Exploration;
using Orders.Contracts;
using Orders.Dispatch.Shipments;
using Orders.Inventory.Stock;
using Orders.Payments.State;
using Orders.Simulators.Carrier;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Exploration;

/// <summary>
/// One order among the production saga, handlers, activities and simulators, with the network between them. Whatever is on
/// its way may arrive next: order, duplicates, losses and time are the schedule's.
/// </summary>
internal sealed record OrderWorld(Scenario Scenario) : IWorld
{
    public DateTimeOffset Now { get; init; } = Scenario.Noon;

    /// <summary>Messages on their way.</summary>
    public ImmutableList<Delivery> Deliveries { get; init; } = [];

    /// <summary>Calls to provider and carriers that are not answered yet.</summary>
    public ImmutableList<Call> Calls { get; init; } = [];

    /// <summary>The saga's timeouts.</summary>
    public ImmutableList<Timer> Timers { get; init; } = [];

    /// <summary>The saga's data as JSON; null before it has begun.</summary>
    public string? Saga { get; init; }

    public bool Ended { get; init; }

    /// <summary>The saga's steps, where the scenario records them. What was is no part of what may come.</summary>
    public ImmutableList<HistoryStep> History { get; init; } = [];

    /// <summary>The ends that were published.</summary>
    public ImmutableList<string> Ends { get; init; } = [];

    /// <summary>How often it was published that the order is confirmed.</summary>
    public int Confirmations { get; init; }

    public ImmutableDictionary<string, StockLevel> Stock { get; init; } = ImmutableDictionary<string, StockLevel>.Empty;

    public Hold? Hold { get; init; }

    public Payment? Payment { get; init; }

    public long GiftHeld { get; init; }

    public long GiftBalance { get; init; }

    public Shipped? Shipment { get; init; }

    public ImmutableList<LedgerEntry> Ledger { get; init; } = [];

    public ImmutableList<Booking> Bookings { get; init; } = [];

    public int Cancellations { get; init; } = Scenario.Cancellations;

    public int Duplicates { get; init; } = Scenario.Duplicates;

    public int LostReplies { get; init; } = Scenario.LostReplies;

    public int GivenUp { get; init; } = Scenario.GivenUp;

    public IReadOnlyList<string> Choices => Course.Choices(this);

    public string Print => Printing.Of(this);

    public static OrderWorld Of(Scenario scenario) => new OrderWorld(scenario)
    {
        Stock = ImmutableDictionary<string, StockLevel>.Empty
            .Add("tea", StockLevel.Empty("tea").Adjust(scenario.Tea))
            .Add("cup", StockLevel.Empty("cup").Adjust(5)),
        GiftBalance = scenario.Gift,
    }.Say(Endpoints.Orders, scenario.Placed);

    public IWorld? After(string choice) => Course.After(this, choice);

    public string? Broken(bool atRest) => Promises.Always(this) ?? (atRest ? Promises.AtRest(this) : null);

    /// <summary>Sends what an endpoint says on its way: an event to all who listen, a command to its owner.</summary>
    public OrderWorld Say(string from, object message, string? to = null)
    {
        var world = this;
        foreach (var said in Scenario.Tamper(from, message))
        {
            world = world with
            {
                Ends = said is OrderCompleted or OrderRejected or OrderCancelled ? world.Ends.Add(said.GetType().Name) : world.Ends,
                Confirmations = said is OrderConfirmed ? world.Confirmations + 1 : world.Confirmations,
                Deliveries = world.Deliveries.AddRange(Routes.Of(said, to).Select(endpoint => new Delivery(endpoint, said))),
            };
        }

        return world;
    }
}

/// <summary>A message on its way to one endpoint.</summary>
internal sealed record Delivery(string To, object Message)
{
    public string Name { get; } = $"{To} hears {Message.GetType().Name}";

    public string Print { get; } = Printing.Of(Message);
}

/// <summary>A call that an endpoint has asked for.</summary>
/// <param name="Attempts">How many were made without an answer.</param>
internal sealed record Call(string From, object Request, int Attempts = 0)
{
    public string Name { get; } = Request.GetType().Name;

    public string Print { get; } = Printing.Of(Request);
}

internal sealed record Timer(DateTimeOffset Due, object Message);

/// <summary>The shipment's row.</summary>
internal sealed record Shipped(IReadOnlyList<PackedLine> Lines, Address? ShipTo, Progress Progress);
