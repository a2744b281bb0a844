using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orders.Hosting.Http
{
    /// <summary>406 where <c>Accept</c> excludes what the endpoint answers: JSON, unless it says otherwise.</summary>
    internal sealed class AcceptMiddleware(RequestDelegate next)
    {
        private static readonly Answered Json = new(["application/json"]);

        public Task InvokeAsync(HttpContext context)
        {
            var accept = context.Request.Headers.Accept;
            if (accept.Count == 0 || context.GetEndpoint() is not { } endpoint
                || endpoint.Metadata.GetMetadata<WhateverAccepted>() is not null)
            {
                return next(context);
            }

            var answered = endpoint.Metadata.GetMetadata<Answered>() ?? Json;
            return MediaTypeHeaderValue.TryParseList(accept, out var wanted) && !wanted.Any(type => Takes(type, answered))
                ? throw new ProblemException(
                    406, "not-acceptable", $"The answer is {answered.MediaTypes[0]}. Send it in Accept, or leave Accept out.")
                : next(context);
        }

        private static bool Takes(MediaTypeHeaderValue wanted, Answered answered) =>
            wanted.Quality is not 0
            && answered.MediaTypes.Any(type => new MediaTypeHeaderValue(type).IsSubsetOf(
                wanted.Charset.HasValue || wanted.Quality is not null ? new MediaTypeHeaderValue(wanted.MediaType) : wanted));
    }

    internal sealed record Answered(IReadOnlyList<string> MediaTypes);

    internal sealed class WhateverAccepted
    {
        public static readonly WhateverAccepted Instance = new();
    }
}

namespace Orders.Hosting
{
    /// <summary>Says what an endpoint answers when that is not JSON.</summary>
    public static class AnsweredMediaTypes
    {
        public static TBuilder Answers<TBuilder>(this TBuilder endpoint, params string[] mediaTypes)
            where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Http.Answered(mediaTypes));

        /// <summary>Answers the same whatever <c>Accept</c> says (RFC 9110, 12.5.1, allows it): for probes, which want the status.</summary>
        public static TBuilder AnswersWhateverIsAccepted<TBuilder>(this TBuilder endpoint)
            where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Http.WhateverAccepted.Instance);
    }
}
