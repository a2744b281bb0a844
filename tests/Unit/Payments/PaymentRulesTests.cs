using Orders.Contracts;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.Reconcile;
using Orders.Payments.State;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Payments;

public sealed class PaymentRulesTests
{
    private static readonly Guid Id = PaymentWorld.OrderId;
    private static readonly Money Ten = new(1000, "USD");
    private readonly PaymentWorld world = new() { GiftCard = PaymentWorld.Gift(600) };

    [Fact]
    public void A_good_card_is_authorised_and_captured()
    {
        Play(PaymentWorld.Placed(), Approved(), new CapturePayment(Id, Ten), new CaptureAnswered(Id, 1000));
        Says(PaymentStatus.Captured, typeof(PaymentAuthorised), typeof(PaymentCaptured));
    }

    [Fact]
    public void A_declined_card_declines_the_payment()
    {
        Play(PaymentWorld.Placed(), new AuthorisationAnswered(Id, AuthorisationResult.Declined, "card-declined"));
        Says(PaymentStatus.Declined, typeof(PaymentDeclined));
    }

    [Fact]
    public void No_answer_before_the_deadline_is_unresolved_and_closing_it_asks_for_a_void()
    {
        Play(PaymentWorld.Placed(), Unknown(), new VoidPayment(Id));
        Assert.IsType<VoidAtProvider>(world.Activities[^1]);
        Play(new ClosingAnswered(Id, ProviderStanding.Nothing));
        Says(PaymentStatus.Voided, typeof(PaymentUnresolved), typeof(PaymentVoided));
    }

    [Fact]
    public void A_late_authorisation_after_the_end_is_voided_in_silence()
    {
        Play(PaymentWorld.Placed(), Unknown(), new VoidPayment(Id), new ClosingAnswered(Id, ProviderStanding.Nothing), Approved());
        Assert.Equal(PaymentStatus.Voiding, world.Payment!.Status);
        Play(new ClosingAnswered(Id, ProviderStanding.Nothing));
        Says(PaymentStatus.Voided, typeof(PaymentUnresolved), typeof(PaymentVoided));
    }

    [Fact]
    public void A_late_capture_after_the_end_is_refunded_in_silence()
    {
        Play(
            PaymentWorld.Placed(), Approved(), new VoidPayment(Id), new ClosingAnswered(Id, ProviderStanding.Nothing),
            new CaptureAnswered(Id, 1000));
        Assert.IsType<RefundAtProvider>(world.Activities[^1]);
        Play(new ClosingAnswered(Id, ProviderStanding.Refunded, 1000));
        Says(PaymentStatus.Refunded, typeof(PaymentAuthorised), typeof(PaymentVoided));
    }

    [Fact]
    public void A_void_that_answers_captured_becomes_a_refund()
    {
        Play(PaymentWorld.Placed(), Approved(), new VoidPayment(Id), new ClosingAnswered(Id, ProviderStanding.Captured, 1000));
        Assert.IsType<RefundAtProvider>(world.Activities[^1]);
        Play(new ClosingAnswered(Id, ProviderStanding.Refunded, 1000));
        Says(PaymentStatus.Refunded, typeof(PaymentAuthorised), typeof(PaymentRefunded));
        Assert.Equal(Ten, Assert.Single(world.Events.OfType<PaymentRefunded>()).Amount);
    }

    [Fact]
    public void A_capture_that_answers_voided_fails()
    {
        Play(PaymentWorld.Placed(), Approved(), new CapturePayment(Id, Ten), new CaptureAnswered(Id, null, "voided"));
        Says(PaymentStatus.CaptureFailed, typeof(PaymentAuthorised), typeof(PaymentCaptureFailed));
    }

    [Fact]
    public void A_wish_to_close_while_capturing_waits_for_the_answer_and_refunds()
    {
        Play(PaymentWorld.Placed(), Approved(), new CapturePayment(Id, Ten), new VoidPayment(Id), new CaptureAnswered(Id, 1000));
        Says(PaymentStatus.Refunding, typeof(PaymentAuthorised));
    }

    [Fact]
    public void A_close_that_comes_before_the_order_leaves_nothing_to_authorise()
    {
        Play(new VoidPayment(Id), PaymentWorld.Placed());
        Says(PaymentStatus.Voided, typeof(PaymentVoided));
        Assert.Empty(world.Activities);
    }

    [Fact]
    public void A_capture_of_more_than_is_authorised_is_refused_once()
    {
        var tooMuch = new CapturePayment(Id, new(1001, "USD"));
        Play(PaymentWorld.Placed(), Approved(), tooMuch, tooMuch);
        Says(PaymentStatus.Authorised, typeof(PaymentAuthorised), typeof(PaymentCaptureFailed));
    }

    [Fact]
    public void A_capture_before_its_authorisation_is_not_lost() =>
        Assert.Throws<InvalidOperationException>(() => Play(PaymentWorld.Placed(), new CapturePayment(Id, Ten)));

    [Fact]
    public void A_gift_card_pays_first_and_the_card_the_rest()
    {
        Play(PaymentWorld.Placed(giftCard: "gift"));
        Assert.Equal(new Money(400, "USD"), Assert.IsType<AuthoriseAtProvider>(Assert.Single(world.Activities)).Amount);
        Assert.Equal(600, world.GiftCard!.HeldMinor);
        Play(Approved(), new CapturePayment(Id, Ten), new CaptureAnswered(Id, 400));
        Assert.Equal((0, 0), (world.GiftCard.BalanceMinor, world.GiftCard.HeldMinor));
        Assert.Equal(Ten, Assert.Single(world.Events.OfType<PaymentCaptured>()).Amount);
        Play(new RefundPayment(Id), new ClosingAnswered(Id, ProviderStanding.Refunded, 400));
        Assert.Equal((600, 0), (world.GiftCard.BalanceMinor, world.GiftCard.HeldMinor));
        Assert.Equal(Ten, Assert.Single(world.Events.OfType<PaymentRefunded>()).Amount);
    }

    [Fact]
    public void A_gift_card_that_pays_everything_never_asks_the_provider()
    {
        var five = new Money(500, "USD");
        Play(PaymentWorld.Placed(giftCard: "gift", total: 500), new CapturePayment(Id, five), new RefundPayment(Id));
        Says(PaymentStatus.Refunded, typeof(PaymentAuthorised), typeof(PaymentCaptured), typeof(PaymentRefunded));
        Assert.Empty(world.Activities);
        Assert.Equal((600, 0), (world.GiftCard!.BalanceMinor, world.GiftCard.HeldMinor));
    }

    [Fact]
    public void What_costs_nothing_is_paid_without_the_provider()
    {
        Play(PaymentWorld.Placed(total: 0), new CapturePayment(Id, new Money(0, "USD")));
        Says(PaymentStatus.Captured, typeof(PaymentAuthorised), typeof(PaymentCaptured));
        Assert.Empty(world.Activities);
    }

    [Fact]
    public void Capturing_nothing_of_what_is_set_aside_is_refused()
    {
        Play(PaymentWorld.Placed(), Approved(), new CapturePayment(Id, new Money(0, "USD")));
        Says(PaymentStatus.Authorised, typeof(PaymentAuthorised), typeof(PaymentCaptureFailed));
    }

    [Fact]
    public void A_declined_card_gives_the_gift_card_back()
    {
        Play(PaymentWorld.Placed(giftCard: "gift"), new AuthorisationAnswered(Id, AuthorisationResult.Declined));
        Assert.Equal((600, 0), (world.GiftCard!.BalanceMinor, world.GiftCard.HeldMinor));
    }

    [Fact]
    public void An_unknown_gift_card_declines_the_payment()
    {
        Play(PaymentWorld.Placed(giftCard: "no-such"));
        Assert.Equal("gift-card-unknown", Assert.IsType<PaymentDeclined>(Assert.Single(world.Events)).Reason);
    }

    [Fact]
    public void Reconciliation_gives_back_what_nobody_counts_on()
    {
        Play(PaymentWorld.Placed(), Unknown());
        Play(new ProviderStandingFound(Id, world.Payment!.Version, ProviderStanding.Captured, 1000));
        Assert.IsType<RefundAtProvider>(world.Activities[^1]);
    }

    [Fact]
    public void Reconciliation_leaves_alone_what_changed_since_it_looked()
    {
        Play(PaymentWorld.Placed(), Unknown());
        Play(new ProviderStandingFound(Id, world.Payment!.Version - 1, ProviderStanding.Authorised, 0));
        Assert.Equal(PaymentStatus.Unresolved, world.Payment.Status);
    }

    [Fact]
    public void A_capture_that_nobody_asked_for_is_a_difference_for_a_person()
    {
        Play(PaymentWorld.Placed(), Approved());
        Assert.Equal(Verdict.Differs, ReconcileRules.Judge(world.Payment!, ProviderStanding.Captured, 1000));
    }

    [Theory]
    [InlineData(typeof(PaymentCaptured), 1)]
    [InlineData(typeof(PaymentAuthorised), 1)]
    public void Answers_that_come_twice_are_said_once(Type outcome, int times)
    {
        Play(
            PaymentWorld.Placed(), PaymentWorld.Placed(), Approved(), Approved(), new CapturePayment(Id, Ten),
            new CapturePayment(Id, Ten), new CaptureAnswered(Id, 1000), new CaptureAnswered(Id, 1000), Unknown());
        Assert.Equal(times, world.Events.Count(happened => happened.GetType() == outcome));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_looked_up_and_the_operation_appears_once()
    {
        var calls = 0;
        world.Gateway.LosesAnswer = () => calls++ == 0;
        world.Hear(PaymentWorld.Placed());
        var answer = await world.AnswerAsync(Assert.Single(world.Activities));
        Assert.Equal(AuthorisationResult.Approved, Assert.IsType<AuthorisationAnswered>(answer).Result);
        Assert.Equal(1, calls);
        Assert.Equal(OperationKind.Authorise, Assert.Single(world.Gateway.Ledger.After(0, 10)).Operation);
    }

    private static AuthorisationAnswered Approved() => new(Id, AuthorisationResult.Approved);

    private static AuthorisationAnswered Unknown() => new(Id, AuthorisationResult.Unknown);

    private void Play(params object[] messages) => Array.ForEach(messages, world.Hear);

    private void Says(PaymentStatus status, params Type[] events)
    {
        Assert.Equal(status, world.Payment!.Status);
        Assert.Equal(events, world.Events.Select(happened => happened.GetType()));
    }
}
