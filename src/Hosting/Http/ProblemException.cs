namespace Orders.Hosting;

/// <summary>Ends a request with a problem (RFC 9457). For bad input; expected outcomes of the domain are results.</summary>
/// <param name="status">4xx or 503.</param>
/// <param name="slug">The type is <c>urn:orders:problem:{slug}</c>.</param>
/// <param name="detail">What is wrong and what to do, for people. No personal data.</param>
/// <param name="errors">JSON pointer to messages.</param>
public sealed class ProblemException(
    int status, string slug, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public int Status => status;

    public string Slug => slug;

    public IReadOnlyDictionary<string, string[]>? Errors => errors;

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>400 with one error at a JSON pointer.</summary>
    public static ProblemException Invalid(string at, string message) =>
        new(400, "invalid-request", $"{(at.Length == 0 ? "The body" : at)}: {message}", new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [at] = [message],
        });
}
