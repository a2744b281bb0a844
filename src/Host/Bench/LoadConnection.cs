using System.Buffers.Text;
using System.Net.Sockets;

namespace Orders.Host.Bench;

/// <summary>
/// One keep-alive HTTP/1.1 connection that reads no more of an answer than its status and its end: on two cores shared with
/// what is measured, a full HTTP client would take a good part of them.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];

    public async Task OpenAsync(Uri url, CancellationToken cancellationToken) => await socket.ConnectAsync(url.Host, url.Port, cancellationToken);

    /// <returns>The status code.</returns>
    public async Task<int> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await socket.SendAsync(request, SocketFlags.None, cancellationToken);
        for (var read = 0; ;)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(read), SocketFlags.None, cancellationToken);
            if (count == 0)
            {
                throw new IOException("The host closed the connection in the middle of an answer. Look at its log.");
            }

            read += count;
            if (IsWhole(buffer.AsSpan(0, read)))
            {
                return Status(buffer);
            }
        }
    }

    /// <summary>Whether the last answer told when to come back.</summary>
    public bool SaysRetryAfter => buffer.AsSpan().IndexOf("Retry-After: "u8) is >= 0 and var at && at < buffer.AsSpan().IndexOf("\r\n\r\n"u8);

    public void Dispose() => socket.Dispose();

    /// <summary>Status lines are <c>HTTP/1.1 202 …</c>.</summary>
    internal static int Status(ReadOnlySpan<byte> answer) => Utf8Parser.TryParse(answer[9..12], out int status, out _)
        ? status
        : throw new IOException("The answer is no HTTP/1.1.");

    internal static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var length = answer[..head].IndexOf("Content-Length: "u8);
        return length >= 0
            ? Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _) && answer.Length >= head + 4 + body
            : answer.EndsWith("0\r\n\r\n"u8);
    }
}
