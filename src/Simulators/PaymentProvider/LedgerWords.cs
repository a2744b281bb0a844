namespace Orders.Simulators.PaymentProvider;

/// <summary>The provider's words for operations and outcomes, in its table and over HTTP.</summary>
public static class LedgerWords
{
    public static string Of(OperationKind operation) => operation switch
    {
        OperationKind.Authorise => "authorise",
        OperationKind.Capture => "capture",
        OperationKind.Void => "void",
        OperationKind.Refund => "refund",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Name the new operation here."),
    };

    public static string Of(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Approved => "approved",
        OperationOutcome.Declined => "declined",
        OperationOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Name the new outcome here."),
    };
}
