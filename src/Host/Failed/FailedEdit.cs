using System.Text.Json.Nodes;

namespace Orders.Host.Failed;

/// <summary>What <c>edit-and-retry</c> sends.</summary>
internal static class FailedEdit
{
    public static async Task<string?> ReadAsync(string? file, CancellationToken cancellationToken) => file switch
    {
        null => null,
        "-" => await Console.In.ReadToEndAsync(cancellationToken),
        _ => await File.ReadAllTextAsync(file, cancellationToken),
    };

    /// <param name="body">The message as text: the API says what is wrong with it.</param>
    /// <param name="headers">Each <c>name=value</c>, or <c>name=</c> to remove it.</param>
    public static JsonObject Of(string? body, IReadOnlyList<string> headers)
    {
        var edit = new JsonObject();
        if (body is not null)
        {
            edit["body"] = body;
        }

        if (headers.Count > 0)
        {
            var set = new JsonObject();
            foreach (var header in headers)
            {
                var at = header.IndexOf('=', StringComparison.Ordinal);
                set[header[..at]] = at == header.Length - 1 ? null : header[(at + 1)..];
            }

            edit["headers"] = set;
        }

        return edit;
    }
}
