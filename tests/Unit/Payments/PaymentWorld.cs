using Orders.Bus.Activities;
using Orders.Contracts;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.GiftCards;
using Orders.Payments.Reconcile;
using Orders.Payments.State;

namespace Orders.Tests.Unit.Payments;

/// <summary>One payment with the provider's rules and a gift card around it; the test chooses what arrives when.</summary>
internal sealed class PaymentWorld
{
    public static readonly Guid OrderId = new("01890000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    public LedgerGateway Gateway { get; } = new();

    public Payment? Payment { get; private set; }

    public GiftCard? GiftCard { get; init; }

    public List<IEvent> Events { get; } = [];

    /// <summary>Asked for and not answered yet.</summary>
    public List<object> Activities { get; } = [];

    public static OrderPlaced Placed(string card = "tok_ok", string? giftCard = null, long total = 1000) => new(
        OrderId, "david", Now, false, null, [new("1", "Thing", 1, new(total, "USD"))], new(total, "USD"), new(card, giftCard),
        new("D", "1 Main St", "S", "1", "US"));

    public static GiftCard Gift(long balance)
    {
        var card = new GiftCard { Code = "gift", Currency = "USD" };
        card.Apply(GiftCardMovementKind.Issued, balance);
        return card;
    }

    public void Hear(object message)
    {
        if (message is OrderPlaced placed)
        {
            if (Payment is null)
            {
                Carry(AuthoriseRules.Placed(placed, placed.Payment.GiftCard == GiftCard?.Code ? GiftCard : null, Now));
            }

            return;
        }

        if (PaymentRules.Decide(Payment, message, Now) is { } decision)
        {
            Carry(decision);
        }
    }

    /// <summary>Carries an activity out until it answers; or gives an authorisation up after one attempt.</summary>
    public async Task<object> AnswerAsync(object activity, bool giveUp = false)
    {
        for (var number = 1; ; number++)
        {
            var attempt = new ActivityAttempt(number, Now, null);
            try
            {
                return await ExecuteAsync(activity, attempt);
            }
            catch (HttpRequestException) when (giveUp && activity is AuthoriseAtProvider authorise)
            {
                return new AuthoriseActivity(Gateway).GiveUp(authorise, attempt);
            }
            catch (HttpRequestException)
            {
                Assert.True(number < 100, "The activity never ends.");
            }
        }
    }

    /// <summary>Answers everything that is asked for, and reconciles, until nothing moves.</summary>
    public async Task DrainAsync()
    {
        Gateway.LosesAnswer = () => false;
        while (true)
        {
            if (Activities is [var activity, ..])
            {
                Activities.RemoveAt(0);
                Hear(await AnswerAsync(activity));
            }
            else if (Payment is { } payment && Compare() == Verdict.Heal)
            {
                var (standing, captured) = Standing();
                Hear(new ProviderStandingFound(OrderId, payment.Version, standing, captured));
            }
            else
            {
                return;
            }
        }
    }

    public Verdict Compare()
    {
        var (standing, captured) = Standing();
        return ReconcileRules.Judge(Payment!, standing, captured);
    }

    public (ProviderStanding Standing, long CapturedMinor) Standing()
    {
        var found = Gateway.Ledger.Find(OrderId.ToString("D"));
        return (Standings.Of(found?.Status ?? "unknown"), found?.Captured.Minor ?? 0);
    }

    private Task<object> ExecuteAsync(object activity, ActivityAttempt attempt) => activity switch
    {
        AuthoriseAtProvider request => new AuthoriseActivity(Gateway).ExecuteAsync(request, attempt, CancellationToken.None),
        CaptureAtProvider request => new CaptureActivity(Gateway).ExecuteAsync(request, attempt, CancellationToken.None),
        VoidAtProvider request => new ClosingActivity(Gateway).ExecuteAsync(request, attempt, CancellationToken.None),
        RefundAtProvider request => new ClosingActivity(Gateway).ExecuteAsync(request, attempt, CancellationToken.None),
        _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, "Carry the new activity out here."),
    };

    private void Carry(Decision decision)
    {
        foreach (var movement in decision.Movements)
        {
            GiftCard!.Apply(movement.Kind, movement.Minor);
        }

        Payment = decision.Payment with { Version = decision.Payment.Version + 1 };
        Events.AddRange(decision.Events);
        if (decision.Activity is { } activity)
        {
            Activities.Add(activity);
        }
    }
}
