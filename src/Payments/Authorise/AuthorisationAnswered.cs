namespace Orders.Payments.Authorise;

/// <summary>What the provider said to <see cref="AuthoriseAtProvider"/>. A declined one has a reason.</summary>
internal sealed record AuthorisationAnswered(Guid OrderId, AuthorisationResult Result, string? Reason = null) : IMessage;

internal enum AuthorisationResult
{
    Approved,
    Declined,

    /// <summary>No answer before the deadline.</summary>
    Unknown,
}
