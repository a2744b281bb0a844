using Orders.Bus.Composition;

namespace Orders.Contracts;

/// <summary>Why an order is cancelled: one of <see cref="CancellationReasons"/>, or a person's own words.</summary>
public sealed class CancellationReasonAttribute : PersonalAttribute
{
    public CancellationReasonAttribute() => Keep = [CancellationReasons.ByShopper, CancellationReasons.ByOperator, CancellationReasons.DispatchFailed];
}
