using Microsoft.AspNetCore.Http;
using Orders.Hosting.Http;

namespace Orders.Hosting.OpenApi;

/// <summary>The failures that an endpoint has by what it is, without saying so.</summary>
internal static class CommonProblems
{
    private static readonly GivenProblem[] Always =
        [new(429, ["rate-limited"]), new(500, ["internal-error"]), new(503, ["unavailable"])];

    private static readonly GivenProblem[] OfBodies =
        [new(400, ["invalid-request"]), new(413, ["body-too-large"]), new(415, ["unsupported-media-type"])];

    /// <returns>All problems of the endpoint: the slugs by status.</returns>
    public static IEnumerable<GivenProblem> Of(EndpointMetadataCollection metadata)
    {
        var problems = metadata.GetOrderedMetadata<GivenProblem>().Concat(Always);
        if (metadata.GetMetadata<WhateverAccepted>() is null)
        {
            problems = problems.Append(new(406, ["not-acceptable"]));
        }

        if (metadata.GetMetadata<TakenBody>() is not null)
        {
            problems = problems.Concat(OfBodies);
        }

        if (metadata.GetMetadata<NeededRoles>() is not null)
        {
            problems = problems.Concat([new(401, ["unauthorized"]), new(403, ["forbidden"])]);
        }

        return problems
            .GroupBy(problem => problem.Status)
            .OrderBy(status => status.Key)
            .Select(status => (status.FirstOrDefault(problem => problem.Member is not null) ?? status.First()) with
            {
                Slugs = [.. status.SelectMany(problem => problem.Slugs).Distinct(StringComparer.Ordinal)],
            });
    }
}
