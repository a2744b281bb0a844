using Microsoft.AspNetCore.Builder;

namespace Orders.Hosting;

/// <summary>Says who may call an endpoint. One without a rule is open to anyone.</summary>
public static class AccessRules
{
    /// <summary>Only these roles: no or a bad token answers 401, another role 403.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededRoles(roles));

    /// <summary>Lets in callers without a token, and holders of one order's token, beside the roles of <see cref="Needs"/>.</summary>
    public static TBuilder AllowGuests<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(GuestsAllowed.Instance);
}

internal sealed record NeededRoles(IReadOnlyList<string> Roles);

internal sealed class GuestsAllowed
{
    public static readonly GuestsAllowed Instance = new();
}
