using System.Text;

namespace Orders.Webhooks.Partners.Sending;

/// <summary>What is kept of an answer's body, for people who look for a fault.</summary>
internal static class ResponseExcerpt
{
    /// <summary>No more is read of an answer, so that its connection can be used again; what is longer loses its connection.</summary>
    public const int MaxBytesRead = 64 * 1024;

    public const int MaxLength = 1024;

    /// <summary>The status has come: whatever happens to the body, the answer stands.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var kept = new byte[MaxLength];
        var length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[8 * 1024];
            for (var total = 0; total < MaxBytesRead;)
            {
                var read = await body.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, MaxBytesRead - total)), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                var some = Math.Min(read, kept.Length - length);
                buffer.AsSpan(0, some).CopyTo(kept.AsSpan(length));
                (length, total) = (length + some, total + read);
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            // What came until then is the excerpt.
        }

        return length == 0 ? null : Of(Encoding.UTF8.GetString(kept.AsSpan(0, length)));
    }

    /// <summary>The beginning of what a partner said, or made somebody say; what cannot be shown, and what no database stores, is a replacement character.</summary>
    public static string Of(string text) => string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > MaxLength ? text[..MaxLength] : text))
        .Select(letter => char.IsControl(letter) && letter is not ('\n' or '\t') ? '\uFFFD' : letter));
}
