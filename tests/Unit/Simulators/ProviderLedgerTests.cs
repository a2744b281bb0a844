using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Simulators;

public sealed class ProviderLedgerTests
{
    private readonly Ledger ledger = new([]);

    [Fact]
    public void A_capture_needs_an_authorisation() => Assert.Null(Do(OperationKind.Capture));

    [Fact]
    public void A_void_or_refund_of_an_unknown_payment_is_not_recorded()
    {
        Assert.Null(Do(OperationKind.Void));
        Assert.Null(Do(OperationKind.Refund));
        Assert.Empty(ledger.After(0, 10));
    }

    [Fact]
    public void Authorise_capture_refund_are_approved_in_this_order()
    {
        Assert.Equal(["approved", "approved", "approved"], Codes(OperationKind.Authorise, OperationKind.Capture, OperationKind.Refund));
        Assert.Equal(ProviderCodes.Refunded, ledger.Find("p")!.Status);
    }

    [Fact]
    public void A_void_of_a_captured_payment_answers_captured() => Assert.Equal(
        ["approved", "approved", "captured"], Codes(OperationKind.Authorise, OperationKind.Capture, OperationKind.Void));

    [Fact]
    public void A_capture_of_a_voided_payment_answers_voided() => Assert.Equal(
        ["approved", "approved", "voided"], Codes(OperationKind.Authorise, OperationKind.Void, OperationKind.Capture));

    [Fact]
    public void A_refund_needs_a_capture() => Assert.Equal(["approved", "authorised"], Codes(OperationKind.Authorise, OperationKind.Refund));

    [Fact]
    public void A_payment_is_refunded_once()
    {
        Codes(OperationKind.Authorise, OperationKind.Capture, OperationKind.Refund);
        Assert.Equal("refunded", Do(OperationKind.Refund, key: "another")!.Code);
    }

    [Fact]
    public void More_than_was_authorised_is_never_captured()
    {
        Do(OperationKind.Authorise);
        Assert.Equal(ProviderCodes.AmountTooHigh, Do(OperationKind.Capture, minor: 1001)!.Code);
        Assert.Null(Do(OperationKind.Capture, minor: 1000, key: "another")!.Code);
    }

    [Fact]
    public void A_declined_card_authorises_nothing()
    {
        Assert.Equal(OperationOutcome.Declined, Do(OperationKind.Authorise, card: CardTokens.Declined)!.Outcome);
        Assert.Equal("declined", Do(OperationKind.Capture)!.Code);
    }

    [Fact]
    public void A_card_that_fails_captures_authorises_and_can_be_voided()
    {
        Assert.Null(Do(OperationKind.Authorise, card: CardTokens.CaptureFails)!.Code);
        Assert.Equal(OperationOutcome.Declined, Do(OperationKind.Capture)!.Outcome);
        Assert.Equal(OperationOutcome.Approved, Do(OperationKind.Void)!.Outcome);
    }

    [Fact]
    public void A_ledger_read_back_knows_the_same_payments()
    {
        Codes(OperationKind.Authorise, OperationKind.Capture);
        var again = new Ledger(ledger.After(0, 10));
        Assert.Equal(ledger.Find("p"), again.Find("p"));
        Assert.Equal(ledger.After(0, 10), again.After(0, 10));
        Assert.Single(again.After(1, 10));
    }

    private IEnumerable<string> Codes(params OperationKind[] operations) =>
        [.. operations.Select(operation => Do(operation)!.Code ?? "approved")];

    private LedgerEntry? Do(OperationKind operation, string card = CardTokens.Ok, long minor = 1000, string? key = null) => ledger.Execute(
        new(
            operation,
            "p",
            key ?? operation.ToString(),
            operation == OperationKind.Authorise ? card : null,
            operation is OperationKind.Authorise or OperationKind.Capture ? new(minor, "USD") : null),
        DateTimeOffset.UnixEpoch);
}
