using Microsoft.AspNetCore.Http;

namespace Orders.Hosting;

/// <summary>Who asks.</summary>
/// <param name="UserId">The user of the token; null for guests and holders of an order's token.</param>
/// <param name="Role">One of <see cref="Roles"/>; null without a token.</param>
/// <param name="OrderId">Set when the bearer token is a guest order's access token.</param>
public sealed record Caller(string? UserId, string? Role, Guid? OrderId)
{
    public static Caller Nobody { get; } = new(null, null, null);

    public bool IsOperator => Role == Roles.Operator;

    /// <summary>No user: without a token, or with one order's token.</summary>
    public bool IsGuest => Role is null or Roles.OrderHolder;

    /// <summary>Whether the order may be shown: to operators, to its user, and to the holder of its token.</summary>
    public bool MaySee(Guid orderId, string? ownerUserId) =>
        IsOperator || OrderId == orderId || (Role == Roles.Shopper && UserId is not null && UserId == ownerUserId);
}

/// <summary>Reads the caller of a request.</summary>
public static class CallerOfRequest
{
    private static readonly object Key = new();

    public static Caller Caller(this HttpContext context) => context.Items[Key] as Caller ?? Hosting.Caller.Nobody;

    internal static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
