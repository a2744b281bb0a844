using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Intake;

/// <summary>Reads a call's raw body, whatever its type says it is: what was signed is the bytes.</summary>
internal static class CrmBody
{
    public const int MaxBytes = 1024 * 1024;

    /// <exception cref="ProblemException">413 over 1 MiB.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The server's own limit counts a chunked body's framing as well, and where it is exceeded cuts the connection: without
        // it, what is too large is read away for a while, so that the sender gets to read its answer.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = null;
        }

        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        var read = await request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, cancellationToken);
        try
        {
            return read.Buffer.Length > MaxBytes ? throw TooLarge() : read.Buffer.ToArray();
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    private static ProblemException TooLarge() => new(413, "body-too-large", $"The body is larger than {MaxBytes / 1024} KiB. Send fewer events at once.");
}
