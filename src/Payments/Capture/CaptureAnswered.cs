namespace Orders.Payments.Capture;

/// <summary>What the provider said to <see cref="CaptureAtProvider"/>.</summary>
/// <param name="OrderId">The payment's order.</param>
/// <param name="CapturedMinor">What was taken, in minor units; null when it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
internal sealed record CaptureAnswered(Guid OrderId, long? CapturedMinor, string? Refusal = null) : IMessage;
