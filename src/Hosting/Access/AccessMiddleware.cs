using Microsoft.AspNetCore.Http;

namespace Orders.Hosting.Access;

/// <summary>Turns away who may not call the endpoint. Runs after <see cref="CallerMiddleware"/>.</summary>
internal sealed class AccessMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeededRoles>() is not { } needed)
        {
            return next(context);
        }

        var caller = context.Caller();
        var guests = context.GetEndpoint()!.Metadata.GetMetadata<GuestsAllowed>() is not null;
        var bad = caller.Role is null && context.Request.Headers.Authorization.Count > 0;
        if (!bad && ((guests && caller.IsGuest) || (caller.Role is { } role && needed.Roles.Contains(role))))
        {
            return next(context);
        }

        if (caller.Role is not null)
        {
            throw new ProblemException(403, "forbidden", $"This needs the role {string.Join(" or ", needed.Roles)}.");
        }

        context.Response.Headers.WWWAuthenticate = bad ? "Bearer error=\"invalid_token\"" : "Bearer";
        throw new ProblemException(401, "unauthorized", bad
            ? "The bearer token is not known. Send one that is configured, or an order's access token."
            : "This needs a token: send the header Authorization: Bearer <token>.");
    }
}
