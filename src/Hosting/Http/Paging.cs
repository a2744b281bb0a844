using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orders.Hosting;

/// <summary>Reads <c>?limit=</c> and <c>?cursor=</c>.</summary>
public static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
    public const int MaxCursorLength = 500;

    /// <returns>The limit, 1 to 200, and the cursor as it came: the list that issued it decodes it, with <see cref="BadCursor"/>.</returns>
    /// <exception cref="ProblemException">400 for a limit out of range or a parameter given twice.</exception>
    public static (int Limit, string? Cursor) From(HttpRequest request)
    {
        var limit = DefaultLimit;
        var given = request.Query["limit"];
        if (given.Count > 0
            && (given.Count > 1
                || !int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > MaxLimit))
        {
            throw new ProblemException(400, "invalid-limit", $"limit must be a whole number from 1 to {MaxLimit}.");
        }

        var cursor = request.Query["cursor"];
        return cursor switch
        {
            [] => (limit, null),
            [{ Length: > 0 and <= MaxCursorLength } text] => (limit, text),
            _ => throw BadCursor(),
        };
    }

    public static ProblemException BadCursor() =>
        new(400, "invalid-cursor", "cursor must be what 'next' of the page before said, unchanged.");
}

/// <summary>One page of a list.</summary>
/// <param name="Next">The cursor of the page after; null on the last.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);
