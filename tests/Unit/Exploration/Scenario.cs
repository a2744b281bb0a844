using Orders.Api.OrderProcess;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Payments.GiftCards;
using Orders.Simulators.Carrier;

namespace Orders.Tests.Unit.Exploration;

/// <summary>What is ordered, how it is paid, and how much may go wrong on the way.</summary>
internal sealed record Scenario
{
    public static readonly Guid OrderId = Guid.Parse("0195d4f0-0000-7000-8000-000000000001");
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly Deadlines Deadlines = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    public string Card { get; init; } = "tok_ok";

    /// <summary>What a gift card has, in minor units; zero: none is used.</summary>
    public long Gift { get; init; }

    /// <summary>Where it is sent, which decides who carries it there.</summary>
    public string PostalCode { get; init; } = "12345";

    /// <summary>Units of tea in the warehouse; two are ordered, and a cup.</summary>
    public long Tea { get; init; } = 5;

    /// <summary>How often the shopper asks to cancel, at any moment.</summary>
    public int Cancellations { get; init; }

    /// <summary>How many deliveries come twice.</summary>
    public int Duplicates { get; init; }

    /// <summary>How many calls to provider and carriers are carried out and lose their answer.</summary>
    public int LostReplies { get; init; }

    /// <summary>How many calls are given up although they were, or are yet to be, carried out.</summary>
    public int GivenUp { get; init; }

    /// <summary>True where time may pass at any moment; false where timers come only when nothing else is left to do.</summary>
    public bool TimersAnyTime { get; init; }

    /// <summary>True where the saga's history is recorded.</summary>
    public bool Records { get; init; }

    public OrderTransitions Table { get; init; } = OrderTransitions.Current;

    /// <summary>What a planted fault makes of a message that is said: none, another, or several. By endpoint and message.</summary>
    public Func<string, object, IEnumerable<object>> Tamper { get; init; } = (_, said) => [said];

    public OrderPlaced Placed => new(
        OrderId, "david", Noon, false, null,
        [new("tea", "Tea", 2, new(100, "USD")), new("cup", "Cup", 1, new(50, "USD"))],
        Total, new(Card, Gift > 0 ? GiftCode : null), new("David Xiang", "1 Main St", "Springfield", PostalCode, "US"));

    public static Money Total { get; } = new(250, "USD");

    public const string GiftCode = "gift";

    /// <summary>The postal code that no carrier serves.</summary>
    public static string Nowhere => PostalCodes.RefusedByAll;

    /// <summary>The postal code that the first carrier does not serve.</summary>
    public static string NotByTheFirst => PostalCodes.RefusedByFirst;

    public static GiftCard NewGift(long balance, long held)
    {
        var card = new GiftCard { Code = GiftCode, Currency = "USD" };
        if (balance > 0)
        {
            card.Apply(GiftCardMovementKind.Issued, balance);
        }

        if (held > 0)
        {
            card.Apply(GiftCardMovementKind.Held, held);
        }

        return card;
    }
}
