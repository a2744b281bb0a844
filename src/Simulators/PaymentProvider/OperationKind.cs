namespace Orders.Simulators.PaymentProvider;

/// <summary>What can be asked of the provider about one payment.</summary>
public enum OperationKind
{
    Authorise,
    Capture,
    Void,
    Refund,
}

/// <summary>How the provider answered: done, refused by the card, or impossible in the payment's state.</summary>
public enum OperationOutcome
{
    Approved,
    Declined,
    Failed,
}
